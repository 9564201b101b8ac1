/**
 * TensorFlow's SAME padding along one axis, [before, after]: the output has ceil(size / stride) elements, and an odd
 * element of padding goes behind. With a stride of 2 it is asymmetric wherever the size is even.
 */
export function samePadding(size: number, kernel: number, stride: number): [number, number] {
  const covered = (Math.ceil(size / stride) - 1) * stride + kernel;
  const total = Math.max(covered - size, 0);
  const before = Math.floor(total / 2);
  return [before, total - before];
}
