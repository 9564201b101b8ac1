import type { Value } from "../graph.ts";
import { binary, type Operand } from "./broadcast.ts";
import { greater } from "./compare.ts";
import { where } from "./where.ts";

/** Element-wise maximum; where both are equal the gradient goes to `b`. */
export function maximum(a: Operand, b: Operand): Value {
  return binary("Max", a, b, (dy, left, right) => {
    const first = greater(left, right);
    return [where(first, dy, 0), where(first, 0, dy)];
  });
}

/** Element-wise minimum; where both are equal the gradient goes to `b`. */
export function minimum(a: Operand, b: Operand): Value {
  return binary("Min", a, b, (dy, left, right) => {
    const first = greater(right, left);
    return [where(first, dy, 0), where(first, 0, dy)];
  });
}
