/**
 * The bits of a float32 (as a signed integer) mapped to a uint32 that orders as the numbers do: -Infinity lowest,
 * +Infinity highest, both zeros equal. NaN has no place in the order.
 */
export function keyOfBits(bits: number): number {
  if (bits >= 0) return bits + 0x80000000;
  return bits === -0x80000000 ? 0x80000000 : ~bits >>> 0;
}

/** The float32 whose key this is. */
export function valueOfKey(key: number): number {
  bitsView[0] = key >= 0x80000000 ? key - 0x80000000 : ~key;
  return floatView[0]!;
}

const bitsView = new Int32Array(1);
const floatView = new Float32Array(bitsView.buffer);
