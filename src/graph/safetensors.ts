import { RsadError } from "../errors.ts";
import { readTensorHeader } from "./safetensors-header.ts";
import type { DataType, Tensor, TensorData } from "./tensor.ts";

/**
 * Named tensors and text in one buffer: the safetensors format (https://huggingface.co/docs/safetensors), an 8-byte
 * little-endian header length, a JSON header, the data.
 */
export interface TensorFile {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

const TYPE_NAMES = {
  float32: "F32",
  float64: "F64",
  float16: "F16",
  uint8: "U8",
  int32: "I32",
  int64: "I64",
  bool: "BOOL",
};
const DATA_TYPES = new Map(Object.entries(TYPE_NAMES).map(([dtype, name]) => [name, dtype as DataType]));
const ARRAYS = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  uint8: Uint8Array,
  int32: Int32Array,
  int64: BigInt64Array,
  bool: Uint8Array,
};
const ALIGNMENT = 8;

export function encodeTensors({ tensors, metadata }: TensorFile): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { dtype, dims, data }] of Object.entries(tensors)) {
    header[name] = {
      dtype: TYPE_NAMES[dtype],
      shape: dims,
      data_offsets: [offset, offset + data.byteLength],
    };
    offset += data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = Math.ceil((8 + text.length) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(start + offset).fill(0x20, 8, start);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.set(text, 8);
  let at = start;
  for (const { data } of Object.values(tensors)) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/** Reads what {@link encodeTensors} wrote. Throws RSAD_CHECKPOINT_MISMATCH for anything else. */
export function decodeTensors(bytes: Uint8Array, subject: string): TensorFile {
  const damaged = (received: string, cause?: unknown) => damagedFile(subject, received, cause);
  const { tensors: entries, metadata } = readTensorHeader(bytes, { damaged });
  const tensors: Record<string, Tensor> = {};
  for (const [name, { type, shape, start, end }] of entries) {
    const dtype = DATA_TYPES.get(type);
    if (dtype === undefined) throw damaged(`tensor ${name} of type ${type}`);
    // A copy of its own, aligned and free of the file's buffer; a Buffer's slice would not be one.
    const copy = new Uint8Array(bytes.subarray(start, end)).buffer;
    tensors[name] = { dtype, dims: shape, data: new ARRAYS[dtype](copy) as TensorData };
  }
  return { tensors, metadata };
}

function damagedFile(subject: string, received: string, cause?: unknown): RsadError {
  return new RsadError("RSAD_CHECKPOINT_MISMATCH", {
    subject,
    expected: "an intact tensor file",
    received,
    hint: "Delete the file and start again.",
    cause,
  });
}
