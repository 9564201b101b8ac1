import type { Value } from "../graph.ts";
import { binary, type Operand } from "./broadcast.ts";

/** Element-wise a > b, as bool. No gradient flows. */
export function greater(a: Operand, b: Operand): Value {
  return binary("Greater", a, b, undefined, "bool");
}

/** Element-wise a = b, as bool. No gradient flows. */
export function equal(a: Operand, b: Operand): Value {
  return binary("Equal", a, b, undefined, "bool");
}
