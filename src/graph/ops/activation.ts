import { Float, type Value } from "../graph.ts";
import { invalid } from "../shape.ts";
import { add, div, mul } from "./arithmetic.ts";
import { unary } from "./elementwise.ts";
import { erf } from "./transcendental.ts";

export function relu(x: Value): Value {
  return unary("Relu", x, (dy) => mul(dy, slopeOf(x, 0)));
}

/** x where x > 0, `slope` * x elsewhere; `slope` is at most 1. */
export function leakyRelu(x: Value, slope: number): Value {
  if (slope > 1) throw invalid("slope of LeakyRelu", "at most 1", slope);
  return unary("LeakyRelu", x, (dy) => mul(dy, slopeOf(x, slope)), { alpha: new Float(slope) });
}

/**
 * 1 where x > 0, `slope` elsewhere: times 2^127, even the smallest normal number is above 1. A comparison and a Where
 * would say the same, but take ONNX Runtime several times as long.
 */
function slopeOf(x: Value, slope: number): Value {
  const g = x.graph;
  return g.apply({
    operator: "Clip",
    inputs: [mul(x, 2 ** 127), g.scalar(slope), g.scalar(1)],
    output: { dtype: x.dtype, shape: x.shape },
  });
}

/**
 * Gaussian error linear unit in its exact form, x * (1 + erf(x / sqrt 2)) / 2 (Hendrycks & Gimpel 2016). Written with a
 * division, the runtime knows it and computes it in one go where no gradient needs what lies between.
 */
export function gelu(x: Value): Value {
  return mul(mul(x, add(erf(div(x, Math.SQRT2)), 1)), 0.5);
}
