import type { Value } from "../graph.ts";
import { invalid, normalizeAxis } from "../shape.ts";
import { slice } from "./slice.ts";

/** Adds `before` and `after` zeros along a static axis. */
export function pad(x: Value, axis: number, before: number, after: number): Value {
  const along = normalizeAxis(axis, x.rank, "Pad");
  const size = x.shape[along];
  if (typeof size !== "number") throw invalid("axis of Pad", "a static dimension", size);
  if (!(Number.isInteger(before) && Number.isInteger(after) && before >= 0 && after >= 0)) {
    throw invalid("amount of Pad", "two counts of elements", [before, after]);
  }
  if (before === 0 && after === 0) return x;
  const g = x.graph;
  return g.apply({
    operator: "Pad",
    inputs: [x, g.integers([before, after]), undefined, g.integers([along])],
    attributes: { mode: "constant" },
    output: { dtype: x.dtype, shape: x.shape.map((dim, i) => (i === along ? size + before + after : dim)) },
    gradient: ([dy]) => [slice(dy!, along, before, before + size)],
  });
}
