import { exactElementCount, readTensorHeader } from "../../graph/index.ts";
import type { ElementType } from "./element-type.ts";
import type { Refuse } from "./refuse.ts";
import { rowMajorStrides, type StoredTensor } from "./stored-tensor.ts";

const TYPES: Readonly<Record<string, ElementType>> = {
  F64: "float64",
  F32: "float32",
  F16: "float16",
  BF16: "bfloat16",
  I64: "int64",
  I32: "int32",
  I16: "int16",
  I8: "int8",
  U64: "uint64",
  U32: "uint32",
  U16: "uint16",
  U8: "uint8",
  BOOL: "bool",
  F8_E4M3: "float8_e4m3fn",
  F8_E5M2: "float8_e5m2",
  C64: "complex64",
};

/** Room for some ten thousand tensors. */
const LONGEST_HEADER = 2 ** 20;

export function readSafetensors(bytes: Uint8Array, refuse: Refuse): Map<string, StoredTensor> {
  const damaged = (received: string, cause?: unknown) =>
    refuse("an intact safetensors file", received, { cause });
  const { tensors } = readTensorHeader(bytes, { damaged, longest: LONGEST_HEADER });
  return new Map(
    [...tensors].map(([name, { type, shape, start, end }]) => {
      const storage = {
        type: TYPES[type]!,
        count: exactElementCount(shape),
        bytes: () => bytes.subarray(start, end),
      };
      return [name, { storage, shape, offset: 0, strides: rowMajorStrides(shape) }];
    }),
  );
}
