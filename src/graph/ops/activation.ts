import { Float, type Value } from "../graph.ts";
import { add, mul } from "./arithmetic.ts";
import { cast } from "./cast.ts";
import { greater } from "./compare.ts";
import { unary } from "./elementwise.ts";
import { erf } from "./transcendental.ts";
import { where } from "./where.ts";

export function relu(x: Value): Value {
  return unary("Relu", x, (dy) => mul(dy, cast(greater(x, 0), "float32")));
}

/** x where x > 0, `slope` * x elsewhere. */
export function leakyRelu(x: Value, slope: number): Value {
  return unary("LeakyRelu", x, (dy) => where(greater(x, 0), dy, mul(dy, slope)), {
    alpha: new Float(slope),
  });
}

/** Gaussian error linear unit in its exact form, x * (1 + erf(x / sqrt 2)) / 2 (Hendrycks & Gimpel 2016). */
export function gelu(x: Value): Value {
  return mul(mul(x, add(erf(mul(x, Math.SQRT1_2)), 1)), 0.5);
}
