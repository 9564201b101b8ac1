import type { Value } from "../graph.ts";
import { div, mul, neg, square, sub } from "./arithmetic.ts";
import { unary } from "./elementwise.ts";

export function exp(x: Value): Value {
  return unary("Exp", x, (dy, y) => mul(dy, y));
}

/** Natural logarithm. */
export function log(x: Value): Value {
  return unary("Log", x, (dy) => div(dy, x));
}

export function sqrt(x: Value): Value {
  return unary("Sqrt", x, (dy, y) => div(mul(dy, 0.5), y));
}

/** erf(x) = 2/sqrt(pi) * integral of exp(-t²) from 0 to x. */
export function erf(x: Value): Value {
  return unary("Erf", x, (dy) => mul(dy, mul(exp(neg(square(x))), 2 / Math.sqrt(Math.PI))));
}

/**
 * 1 / (1 + exp(-x)). The runtime's kernel is accurate to some 1e-8 in absolute terms and gives 0 below about -18: a
 * logarithm of it is taken by {@link softplus}.
 */
export function sigmoid(x: Value): Value {
  return unary("Sigmoid", x, (dy, y) => mul(dy, mul(y, sub(1, y))));
}

/** log(1 + exp(x)), computed without overflow. */
export function softplus(x: Value): Value {
  return unary("Softplus", x, (dy) => mul(dy, sigmoid(x)));
}
