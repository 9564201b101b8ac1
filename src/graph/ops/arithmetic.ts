import type { Value } from "../graph.ts";
import { binary, type Operand } from "./broadcast.ts";
import { unary } from "./elementwise.ts";

export function add(a: Operand, b: Operand): Value {
  return binary("Add", a, b, (dy) => [dy, dy]);
}

export function sub(a: Operand, b: Operand): Value {
  return binary("Sub", a, b, (dy) => [dy, neg(dy)]);
}

export function mul(a: Operand, b: Operand): Value {
  return binary("Mul", a, b, (dy, left, right) => [mul(dy, right), mul(dy, left)]);
}

export function div(a: Operand, b: Operand): Value {
  return binary("Div", a, b, (dy, _left, right, y) => {
    const scaled = div(dy, right);
    return [scaled, neg(mul(scaled, y))];
  });
}

export function neg(x: Value): Value {
  return unary("Neg", x, (dy) => neg(dy));
}

export function square(x: Value): Value {
  return mul(x, x);
}
