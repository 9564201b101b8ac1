import { BATCH_NORM_EPSILON } from "../../graph/index.ts";

/** A batch norm in its inference form, one value for each channel in every part. */
export interface BatchNorm {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

/**
 * Folds a batch norm into the convolution before it, which has no bias: with s = weight / sqrt(variance + epsilon),
 * s (k * x - mean) + bias = (s k) * x + (bias - s mean) for every output channel. Multiplies `kernels` [out, ...] in
 * place, so that a large network is not held twice, and returns the bias. In double precision until it is stored.
 */
export function foldBatchNorm(kernels: Float32Array, norm: BatchNorm): Float32Array {
  const size = kernels.length / norm.weight.length;
  return norm.bias.map((bias, channel) => {
    const scale = norm.weight[channel]! / Math.sqrt(norm.variance[channel]! + BATCH_NORM_EPSILON);
    for (let i = channel * size; i < (channel + 1) * size; i++) kernels[i]! *= scale;
    return bias - scale * norm.mean[channel]!;
  });
}
