import type { Value } from "../graph.ts";
import { invalid, staticShape } from "../shape.ts";
import { expand, reshape } from "./reshape.ts";

/** Rows of `x` [rows, ...] by an int64 index vector; a row may be taken more than once. */
export function gatherRows(x: Value, index: Value): Value {
  if (x.rank === 0) throw invalid("input of Gather", "rows", x.shape);
  if (index.dtype !== "int64" || index.rank !== 1) {
    throw invalid("index of Gather", "an int64 vector", `${index.dtype}[${index.shape}]`);
  }
  const g = x.graph;
  return g.apply({
    operator: "Gather",
    inputs: [x, index],
    attributes: { axis: 0 },
    output: { dtype: x.dtype, shape: [index.shape[0]!, ...x.shape.slice(1)] },
    gradient: ([dy]) => {
      const shape = staticShape(x, "gradient of Gather");
      const zeros = expand(g.scalar(0), shape);
      const scattered = g.apply({
        operator: "ScatterND",
        inputs: [zeros, reshape(index, [index.shape[0]!, 1]), dy],
        attributes: { reduction: "add" },
        output: { dtype: x.dtype, shape },
      });
      return [scattered, undefined];
    },
  });
}
