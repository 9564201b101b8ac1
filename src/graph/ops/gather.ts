import type { Value } from "../graph.ts";
import { invalid, staticShape } from "../shape.ts";
import { expand, reshape } from "./reshape.ts";

/**
 * Rows of `x` [rows, ...] by an int64 index vector.
 *
 * A row may be taken more than once. Where the caller knows that none is, `distinct` makes the gradient some three
 * times as fast; a repeated row then gets a wrong one.
 */
export function gatherRows(x: Value, index: Value, { distinct = false } = {}): Value {
  if (x.rank === 0) throw invalid("input of Gather", "rows", x.shape);
  if (index.dtype !== "int64" || index.rank !== 1) {
    throw invalid("index of Gather", "an int64 vector", `${index.dtype}[${index.shape}]`);
  }
  return x.graph.apply({
    operator: "Gather",
    inputs: [x, index],
    attributes: { axis: 0 },
    output: { dtype: x.dtype, shape: [index.shape[0]!, ...x.shape.slice(1)] },
    gradient: ([dy]) => [distinct ? scatterRows(dy!, index, x) : sumRows(dy!, index, x), undefined],
  });
}

function scatterRows(dy: Value, index: Value, x: Value): Value {
  const shape = staticShape(x, "gradient of Gather");
  return x.graph.apply({
    operator: "ScatterND",
    inputs: [expand(x.graph.scalar(0), shape), reshape(index, [index.shape[0]!, 1]), dy],
    output: { dtype: x.dtype, shape },
  });
}

/**
 * ScatterND can sum too, but ONNX Runtime's does so from several threads at once without a lock and loses terms of
 * repeated rows (seen in 1.30); ScatterElements works in one thread.
 */
function sumRows(dy: Value, index: Value, x: Value): Value {
  const shape = staticShape(x, "gradient of Gather");
  const taken = staticShape(dy, "gradient of Gather");
  const column = reshape(
    index,
    taken.map((dim, axis) => (axis === 0 ? dim : 1)),
  );
  return x.graph.apply({
    operator: "ScatterElements",
    inputs: [expand(x.graph.scalar(0), shape), expand(column, taken), dy],
    attributes: { axis: 0, reduction: "add" },
    output: { dtype: x.dtype, shape },
  });
}
