import type { ElementType } from "../element-type.ts";

/** PyTorch's storage classes by name; all of them live in its module "torch". */
const TYPES: ReadonlyMap<string, ElementType> = new Map([
  ["DoubleStorage", "float64"],
  ["FloatStorage", "float32"],
  ["HalfStorage", "float16"],
  ["BFloat16Storage", "bfloat16"],
  ["LongStorage", "int64"],
  ["IntStorage", "int32"],
  ["ShortStorage", "int16"],
  ["CharStorage", "int8"],
  ["ByteStorage", "uint8"],
  ["BoolStorage", "bool"],
  ["ComplexFloatStorage", "complex64"],
  ["ComplexDoubleStorage", "complex128"],
]);

export class StorageType {
  readonly type: ElementType;

  constructor(type: ElementType) {
    this.type = type;
  }
}

export function storageType(name: string): StorageType | undefined {
  const type = TYPES.get(name);
  return type && new StorageType(type);
}
