/**
 * |a - b|² of two vectors of `size` numbers that start at `atA` and `atB`. Once the sum has reached `limit` it is given back
 * as it is: most vectors are too far away to matter, and a few of their dimensions tell.
 */
export function squaredDistance(
  a: Float32Array,
  atA: number,
  b: Float32Array,
  atB: number,
  size: number,
  limit: number,
): number {
  let sum = 0;
  let i = 0;
  for (; i + 8 <= size; i += 8) {
    const d0 = a[atA + i]! - b[atB + i]!;
    const d1 = a[atA + i + 1]! - b[atB + i + 1]!;
    const d2 = a[atA + i + 2]! - b[atB + i + 2]!;
    const d3 = a[atA + i + 3]! - b[atB + i + 3]!;
    const d4 = a[atA + i + 4]! - b[atB + i + 4]!;
    const d5 = a[atA + i + 5]! - b[atB + i + 5]!;
    const d6 = a[atA + i + 6]! - b[atB + i + 6]!;
    const d7 = a[atA + i + 7]! - b[atB + i + 7]!;
    sum += d0 * d0 + d1 * d1 + (d2 * d2 + d3 * d3) + (d4 * d4 + d5 * d5) + (d6 * d6 + d7 * d7);
    if (sum >= limit) return sum;
  }
  for (; i < size; i++) {
    const difference = a[atA + i]! - b[atB + i]!;
    sum += difference * difference;
  }
  return sum;
}
