import { describeMissing } from "./missing.ts";
import { ACCEPTED, quote, type Refuse, shapeText } from "./refuse.ts";
import type { StoredTensor } from "./stored-tensor.ts";
import { toFloat32 } from "./to-float32.ts";
import type { Weights } from "./weights.ts";

export interface WeightFile extends Weights {
  readonly file: string;
  /** Of the whole file, in hexadecimal. */
  readonly sha256: string;
  /** Every tensor's name, as {@link Weights.tensor} takes it, in the file's order. */
  readonly names: readonly string[];
  /** Throws RSAD_BACKBONE_INVALID where any tensor's bytes are damaged, as far as the file itself can tell. */
  readonly checkBytes: () => void;
}

const OTHER_ARCHITECTURE =
  "The file may hold the weights of another architecture: see what it was made for, and name that architecture.";

/** The access to tensors that a file holds. They are converted each time they are asked for. */
export function weightsFrom(
  tensors: ReadonlyMap<string, StoredTensor>,
  file: string,
  refuse: Refuse,
): Weights {
  return {
    shape: (name) => tensors.get(name)?.shape,
    tensor: (name, shape) => {
      const subject = `tensor ${quote(name)} of ${file}`;
      const hint = OTHER_ARCHITECTURE;
      const stored = tensors.get(name);
      if (stored === undefined) {
        throw refuse(shapeText(shape), describeMissing(name, tensors), { subject, hint });
      }
      if (shapeText(stored.shape) !== shapeText(shape)) {
        throw refuse(shapeText(shape), shapeText(stored.shape), { subject, hint });
      }
      const values = toFloat32(stored);
      if (values === undefined) {
        const expected = `${shapeText(shape)} in float32, float16, bfloat16 or float64`;
        throw refuse(expected, stored.storage.type, { subject, hint: ACCEPTED });
      }
      const at = values.findIndex((value) => !Number.isFinite(value));
      if (at >= 0) {
        throw refuse(`${shapeText(shape)} of finite values`, `${values[at]} as value ${at}`, { subject });
      }
      return values;
    },
  };
}
