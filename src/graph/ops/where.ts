import type { Value } from "../graph.ts";
import { broadcastShapes, invalid, sameType } from "../shape.ts";
import { type Operand, sumTo } from "./broadcast.ts";

/** `a` where `condition` (bool) holds, `b` elsewhere; all three broadcast. */
export function where(condition: Value, a: Operand, b: Operand): Value {
  const graph = condition.graph;
  const left = typeof a === "number" ? graph.scalar(a) : a;
  const right = typeof b === "number" ? graph.scalar(b) : b;
  if (condition.dtype !== "bool") throw invalid("condition of Where", "bool", condition.dtype);
  sameType([left, right], "Where");
  const shape = broadcastShapes(condition.shape, broadcastShapes(left.shape, right.shape, "Where"), "Where");
  return graph.apply({
    operator: "Where",
    inputs: [condition, left, right],
    output: { dtype: left.dtype, shape },
    gradient: ([dy]) => [
      undefined,
      sumTo(where(condition, dy!, 0), left.shape),
      sumTo(where(condition, 0, dy!), right.shape),
    ],
  });
}
