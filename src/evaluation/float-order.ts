const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** A float32's bits as an integer that orders as the numbers do, both zeros equal. Not for NaN. */
export function orderedOf(value: number): number {
  float[0] = value;
  return bits[0]! < 0 ? -(bits[0]! & 0x7fffffff) : bits[0]!;
}

/** The float32 of an {@link orderedOf} integer. */
export function floatOf(ordered: number): number {
  bits[0] = ordered < 0 ? -ordered | 0x80000000 : ordered;
  return float[0]!;
}
