import type { Value } from "../graph.ts";

/** A node with one input of any shape and an output of the same type. */
export function unary(
  operator: string,
  x: Value,
  derivative: (dy: Value, y: Value) => Value,
  attributes = {},
): Value {
  return x.graph.apply({
    operator,
    inputs: [x],
    attributes,
    output: { dtype: x.dtype, shape: x.shape },
    gradient: ([dy], [y]) => [derivative(dy!, y!)],
  });
}
