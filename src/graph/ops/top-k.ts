import type { Value } from "../graph.ts";
import { invalid } from "../shape.ts";

export interface TopK {
  readonly values: Value;
  /** int64, within the last axis. */
  readonly indices: Value;
}

/** The `count` smallest elements along the last axis, ascending; of equal ones the first. No gradient flows. */
export function smallest(x: Value, count: number): TopK {
  const size = x.shape.at(-1);
  if (!Number.isInteger(count) || count < 1 || (typeof size === "number" && count > size)) {
    throw invalid("count of TopK", `a whole number from 1 to ${size}`, count);
  }
  const shape = [...x.shape.slice(0, -1), count];
  const [values, indices] = x.graph.add({
    operator: "TopK",
    inputs: [x, x.graph.integers([count])],
    attributes: { axis: x.rank - 1, largest: 0, sorted: 1 },
    outputs: [
      { dtype: x.dtype, shape },
      { dtype: "int64", shape },
    ],
  });
  return { values: values!, indices: indices! };
}
