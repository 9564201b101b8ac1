import type { ElementType } from "./element-type.ts";

export interface StorageSize {
  readonly type: ElementType;
  readonly count: number;
}

/** Elements as they lie in a file, little-endian. */
export interface Storage extends StorageSize {
  /** `count` elements, a view of the file's bytes. Throws RSAD_BACKBONE_INVALID where they are damaged. */
  readonly bytes: () => Uint8Array;
}

/**
 * A tensor as it lies in a file. Every index that shape, strides and offset lead to is inside the storage, and the tensor
 * has no more elements than that.
 */
export interface StoredTensor {
  readonly storage: Storage;
  readonly shape: readonly number[];
  /** The first element's place in the storage, in elements. */
  readonly offset: number;
  /** From one element to the next along each dimension, in elements. */
  readonly strides: readonly number[];
}

export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let i = shape.length - 2; i >= 0; i--) strides[i] = strides[i + 1]! * Math.max(1, shape[i + 1]!);
  return strides;
}

/** Dimensions of one element may have any stride. */
export function isRowMajor({ shape, strides }: StoredTensor): boolean {
  return rowMajorStrides(shape).every((stride, i) => shape[i]! <= 1 || strides[i] === stride);
}
