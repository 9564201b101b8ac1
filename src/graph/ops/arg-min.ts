import type { Value } from "../graph.ts";
import { normalizeAxis } from "../shape.ts";

/** The position of the smallest element along `axis`, which goes, as int64; the first one among equals. No gradient flows. */
export function argMin(x: Value, axis: number): Value {
  const along = normalizeAxis(axis, x.rank, "ArgMin");
  return x.graph.apply({
    operator: "ArgMin",
    inputs: [x],
    attributes: { axis: along, keepdims: 0 },
    output: { dtype: "int64", shape: x.shape.filter((_, i) => i !== along) },
  });
}
