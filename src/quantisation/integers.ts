/** real = scale * (integer - zero), with integers in [0, 255]. */
export interface ActivationScale {
  readonly scale: number;
  readonly zero: number;
}

/** Integers in [-WEIGHT_LIMIT, WEIGHT_LIMIT], one scale for each output channel. */
export interface IntegerWeights {
  readonly values: Int8Array;
  readonly scales: Float32Array;
}

/**
 * Seven bits. The sum of two products of 8-bit activations and such weights fits into 16 bits, where processors with AVX2 or AVX-512 but
 * without VNNI keep it; with eight bits they would clip it, and a model would score otherwise there.
 */
export const WEIGHT_LIMIT = 63;

const BIAS_LIMIT = 2 ** 30;

/** The scale for activations in [low, high]; 0 is always exact, since padding is made of it. */
export function activationScale(low: number, high: number): ActivationScale {
  const [least, most] = [Math.min(low, 0), Math.max(high, 0)];
  const scale = Math.fround((most - least) / 255) || 1;
  return { scale, zero: Math.round(Math.abs(least) / scale) };
}

/**
 * Rounds weights [.., channels, ..], output channel by output channel, which lie along `axis`. `biases` are what is added to each channel;
 * at the scale that results with inputs of `inputScale` they have to fit into 32 bits.
 */
export function integerWeights(
  weights: Float32Array,
  dims: readonly number[],
  axis: number,
  biases: Float32Array | undefined,
  inputScale: number,
): IntegerWeights {
  const channels = dims[axis]!;
  const stride = dims.slice(axis + 1).reduce((product, dim) => product * dim, 1);
  const channelOf = (i: number) => Math.floor(i / stride) % channels;
  const scales = new Float32Array(channels);
  for (let i = 0; i < weights.length; i++) {
    const channel = channelOf(i);
    scales[channel] = Math.max(scales[channel]!, Math.abs(weights[i]!) / WEIGHT_LIMIT);
  }
  for (let channel = 0; channel < channels; channel++) {
    const least = Math.abs(biases?.[channel] ?? 0) / (inputScale * BIAS_LIMIT);
    scales[channel] = Math.max(scales[channel]!, least) || 1;
  }
  const values = Int8Array.from(weights, (weight, i) => {
    const integer = Math.round(weight / scales[channelOf(i)]!);
    return Math.max(-WEIGHT_LIMIT, Math.min(WEIGHT_LIMIT, integer));
  });
  return { values, scales };
}

/** Biases as 32-bit integers at the scale of the products that they are added to. */
export function integerBiases(biases: Float32Array, scales: Float32Array): Int32Array {
  return Int32Array.from(biases, (bias, channel) => Math.round(bias / scales[channel]!));
}

/**
 * Biases that make up for the mean error of rounded weights [O, C / groups, kh, kw]: each channel's result keeps its mean, up to what
 * padding does at the border (Nagel et al., Data-Free Quantization Through Weight Equalization and Bias Correction, ICCV 2019).
 * `means` are those of the input's channels.
 */
export function correctedBiases(
  biases: Float32Array,
  weights: Float32Array,
  { values, scales }: IntegerWeights,
  means: Float64Array,
  dims: readonly number[],
): Float32Array {
  const [outputs, perGroup, kh, kw] = dims as [number, number, number, number];
  const perOutput = perGroup * kh * kw;
  const groups = means.length / perGroup;
  return biases.map((bias, output) => {
    const first = Math.floor((output * groups) / outputs) * perGroup;
    let error = 0;
    for (let k = 0; k < perOutput; k++) {
      const i = output * perOutput + k;
      error += (values[i]! * scales[output]! - weights[i]!) * means[first + Math.floor(k / (kh * kw))]!;
    }
    return bias - error;
  });
}
