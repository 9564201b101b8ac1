import { refuser } from "../refuse.ts";
import { rowMajorStrides } from "../stored-tensor.ts";
import { weightsFrom } from "../weight-file.ts";
import type { Weights } from "../weights.ts";

export interface PlainTensor {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: ArrayLike<number>;
}

/** Weights that behave as those of a file do. */
export function weightsOf(record: Readonly<Record<string, PlainTensor>>, file = "weights.test"): Weights {
  const tensors = Object.entries(record).map(([name, { shape, data }]) => {
    const values = Float32Array.from(data);
    const bytes = () => new Uint8Array(values.buffer);
    const storage = { type: "float32", count: values.length, bytes } as const;
    return [name, { storage, shape, offset: 0, strides: rowMajorStrides(shape) }] as const;
  });
  return weightsFrom(new Map(tensors), file, refuser(file));
}
