import type { Value } from "../graph.ts";
import { slice } from "./slice.ts";

/** Adds `before` and `after` zeros along a static axis. */
export function pad(x: Value, axis: number, before: number, after: number): Value {
  if (before === 0 && after === 0) return x;
  const size = x.shape[axis] as number;
  const g = x.graph;
  return g.apply({
    operator: "Pad",
    inputs: [x, g.integers([before, after]), g.scalar(0), g.integers([axis])],
    attributes: { mode: "constant" },
    output: { dtype: x.dtype, shape: x.shape.map((dim, i) => (i === axis ? size + before + after : dim)) },
    gradient: ([dy]) => [slice(dy!, axis, before, before + size)],
  });
}
