import { elementCount } from "../../graph/index.ts";
import { ELEMENT_BYTES, READERS } from "./element-type.ts";
import { isRowMajor, type StoredTensor } from "./stored-tensor.ts";

/** A tensor's values, row-major, in memory of their own; undefined for element types that no weights have. */
export function toFloat32(tensor: StoredTensor): Float32Array | undefined {
  const { storage, shape, offset } = tensor;
  const read = READERS[storage.type];
  if (read === undefined) return undefined;
  const bytes = storage.bytes();
  const size = ELEMENT_BYTES[storage.type];
  const count = elementCount(shape);
  if (storage.type === "float32" && isRowMajor(tensor)) {
    return new Float32Array(new Uint8Array(bytes.subarray(offset * size, (offset + count) * size)).buffer);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(count);
  let i = 0;
  if (isRowMajor(tensor)) {
    for (; i < count; i++) values[i] = read(view, (offset + i) * size);
  } else {
    for (const place of places(tensor, count)) values[i++] = read(view, place * size);
  }
  return values;
}

/** Where the elements lie in the storage, in row-major order. */
function* places({ shape, strides, offset }: StoredTensor, count: number): Generator<number> {
  const index = shape.map(() => 0);
  let place = offset;
  for (let i = 0; i < count; i++) {
    yield place;
    for (let d = shape.length - 1; d >= 0; d--) {
      place += strides[d]!;
      index[d]!++;
      if (index[d]! < shape[d]!) break;
      place -= strides[d]! * shape[d]!;
      index[d] = 0;
    }
  }
}
