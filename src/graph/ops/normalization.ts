import { withGradient } from "../gradient.ts";
import { Float, type Value } from "../graph.ts";
import { invalid, sameShape } from "../shape.ts";
import { add, div, mul, square, sub } from "./arithmetic.ts";
import { sumTo } from "./broadcast.ts";
import { reduceMean, sumRows } from "./reduce.ts";
import { matrixShape } from "./reshape.ts";
import { sqrt } from "./transcendental.ts";

/** Added to a batch's variance; whoever builds a network from running statistics adds the same. */
export const BATCH_NORM_EPSILON = 1e-5;

/** Layer normalisation over the last axis (Ba et al. 2016): (x - mean) / sqrt(variance + epsilon) * weight + bias. */
export function layerNorm(x: Value, weight: Value, bias: Value, epsilon = 1e-5): Value {
  const axis = x.rank - 1;
  if (axis < 0) throw invalid("input of LayerNormalization", "at least one axis", x.shape);
  for (const [name, value] of Object.entries({ weight, bias })) {
    if (!sameShape(value.shape, [x.shape[axis]!])) {
      throw invalid(`${name} of LayerNormalization`, `a vector of ${x.shape[axis]}`, value.shape);
    }
  }
  const statistics = { dtype: x.dtype, shape: [...x.shape.slice(0, axis), 1] };
  return x.graph.add({
    operator: "LayerNormalization",
    inputs: [x, weight, bias],
    attributes: { axis, epsilon: new Float(epsilon) },
    outputs: [{ dtype: x.dtype, shape: x.shape }, statistics, statistics],
    gradient: ([dy], [, mean, inverse]) => {
      const unit = mul(sub(x, mean!), inverse!);
      const scaled = mul(dy!, weight);
      const centred = sub(scaled, reduceMean(scaled, [axis]));
      const dx = mul(sub(centred, mul(unit, reduceMean(mul(scaled, unit), [axis]))), inverse!);
      return [dx, sumTo(mul(dy!, unit), weight.shape), sumTo(dy!, bias.shape)];
    },
  })[0]!;
}

export interface BatchNormResult {
  readonly y: Value;
  /** Mean over the batch, [1, C]. */
  readonly mean: Value;
  /** Unbiased variance over the batch, [1, C], as running statistics want it. */
  readonly variance: Value;
}

/**
 * Batch normalisation of x [N, C] by the statistics of the batch itself (Ioffe & Szegedy 2015), weight and bias [1, C].
 * The gradient is written as a whole, because differentiating the statistics node by node would read the batch far
 * more often: with c = x - mean and s = weight / sqrt(variance + epsilon),
 * dx = s (dy - mean(dy) - c mean(dy c) / (variance + epsilon)).
 */
export function batchNorm(
  x: Value,
  weight: Value,
  bias: Value,
  epsilon = BATCH_NORM_EPSILON,
): BatchNormResult {
  const [rows, channels] = matrixShape(x, "input of BatchNorm");
  if (rows < 2) throw invalid("input of BatchNorm", "at least two rows", x.shape);
  for (const [name, value] of Object.entries({ weight, bias })) {
    if (!sameShape(value.shape, [1, channels])) {
      throw invalid(`${name} of BatchNorm`, `[1, ${channels}]`, value.shape);
    }
  }
  const meanRow = (values: Value) => div(sumRows(values), rows);
  const mean = meanRow(x);
  const centred = sub(x, mean);
  const variance = meanRow(square(centred));
  const shifted = add(variance, epsilon);
  const deviation = sqrt(shifted);
  const scale = div(weight, deviation);
  const y = withGradient(add(mul(centred, scale), bias), [x, weight, bias], (dy) => {
    const meanDy = meanRow(dy);
    const product = meanRow(mul(dy, centred));
    const pulled = sub(dy, add(mul(centred, div(product, shifted)), meanDy));
    return [mul(pulled, scale), mul(div(product, deviation), rows), mul(meanDy, rows)];
  });
  return { y, mean, variance: mul(variance, rows / (rows - 1)) };
}
