import {
  add,
  conv2d,
  div,
  gelu,
  layerNorm,
  matmul,
  mul,
  pad,
  reshape,
  transpose,
  type Value,
} from "../graph/index.ts";
import type { StageContext } from "./context.ts";
import type { PatchFeatures } from "./extractor.ts";
import { constant, truncatedNormal, uniformByFanIn, zeros } from "./initializer.ts";

export interface MonaOptions {
  /** Width of the bottleneck; 64 in the paper. */
  readonly width: number;
  readonly dropout: number;
}

const KERNELS = [3, 5, 7];

/**
 * One Mona adapter (Yin et al. 2024, arXiv 2408.08345), as its code has it: with x0 the input rows [R, m],
 *
 *     x   = LayerNorm(x0) * gamma + x0 * gammax          gamma starts at 1e-6, gammax at 1
 *     p   = x W_down + b                                 [R, n], seen as maps of n channels from here
 *     c   = (DW3(p) + DW5(p) + DW7(p)) / 3 + p           depthwise, zero padding, with bias
 *     c   = c + Conv1x1(c)
 *     out = x0 + Dropout(GELU(c)) W_up + b
 */
export function mona(
  context: StageContext,
  name: string,
  features: PatchFeatures,
  { width, dropout }: MonaOptions,
): PatchFeatures {
  const { rows, images, height, width: columns } = features;
  const channels = rows.shape[1] as number;
  const vector = (part: string, value: number) =>
    context.parameter(`${name}.${part}`, [channels], constant(value));

  const [weight, bias] = [vector("norm.weight", 1), vector("norm.bias", 0)];
  const [gamma, gammax] = [vector("gamma", 1e-6), vector("gammax", 1)];
  // Gamma scales the normalisation's own weight and bias rather than its result: the same, with fewer passes over the rows.
  const normalised = layerNorm(rows, mul(weight, gamma), mul(bias, gamma));
  const scaled = add(normalised, mul(rows, gammax));
  const down = linear(context, `${name}.down`, scaled, width);

  const maps = transpose(reshape(down, [images, height, columns, width]), [0, 3, 1, 2]);
  const seen = depthwise(context, name, maps);
  const mixed = add(div(seen, KERNELS.length), maps);
  const projected = add(mixed, pointwise(context, `${name}.projector`, mixed));

  const back = reshape(transpose(projected, [0, 2, 3, 1]), [images * height * columns, width]);
  const active = context.dropout(`${name}.dropout`, gelu(back), dropout);
  return { ...features, rows: add(rows, linear(context, `${name}.up`, active, channels)) };
}

function linear(context: StageContext, name: string, x: Value, outputs: number): Value {
  const weight = context.parameter(`${name}.weight`, [x.shape[1] as number, outputs], truncatedNormal(0.02));
  return add(matmul(x, weight), context.parameter(`${name}.bias`, [outputs], zeros));
}

/** The sum of the depthwise convolutions: one convolution, whose kernel is the sum of theirs about a common centre. */
function depthwise(context: StageContext, name: string, x: Value): Value {
  const channels = x.shape[1] as number;
  const widest = Math.max(...KERNELS);
  const kernels: Value[] = [];
  const biases: Value[] = [];
  for (const size of KERNELS) {
    const start = uniformByFanIn(size * size);
    const kernel = context.parameter(`${name}.conv${size}.weight`, [channels, 1, size, size], start);
    biases.push(context.parameter(`${name}.conv${size}.bias`, [channels], start));
    const border = (widest - size) / 2;
    kernels.push(pad(pad(kernel, 2, border, border), 3, border, border));
  }
  const padding = (widest - 1) / 2;
  return conv2d(x, kernels.reduce(add), biases.reduce(add), { padding, groups: channels });
}

function pointwise(context: StageContext, name: string, x: Value): Value {
  const channels = x.shape[1] as number;
  const start = uniformByFanIn(channels);
  const weight = context.parameter(`${name}.weight`, [channels, channels, 1, 1], start);
  return conv2d(x, weight, context.parameter(`${name}.bias`, [channels], start));
}
