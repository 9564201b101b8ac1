/** Element types by PyTorch's names, with their size in bytes. */
export const ELEMENT_BYTES = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint64: 8,
  uint32: 4,
  uint16: 2,
  uint8: 1,
  bool: 1,
  float8_e4m3fn: 1,
  float8_e5m2: 1,
  complex64: 8,
  complex128: 16,
} as const;

export type ElementType = keyof typeof ELEMENT_BYTES;

type Read = (view: DataView, byte: number) => number;

/** How an element becomes a number, for the types that weights may have. */
export const READERS: Readonly<Partial<Record<ElementType, Read>>> = {
  float64: (view, byte) => view.getFloat64(byte, true),
  float32: (view, byte) => view.getFloat32(byte, true),
  float16: (view, byte) => halves()[view.getUint16(byte, true)]!,
  bfloat16: (view, byte) => {
    WORD.setUint16(2, view.getUint16(byte, true), true);
    return WORD.getFloat32(0, true);
  },
};

/** A bfloat16 is the upper half of a float32. */
const WORD = new DataView(new ArrayBuffer(4));

let table: Float32Array | undefined;

/** The value of every float16, by its bits. */
function halves(): Float32Array {
  table ??= Float32Array.from({ length: 2 ** 16 }, (_, bits) => {
    const exponent = (bits >> 10) & 31;
    const fraction = (bits & 1023) / 1024;
    const sign = bits < 2 ** 15 ? 1 : -1;
    if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    return sign * (exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15));
  });
  return table;
}
