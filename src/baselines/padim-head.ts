import type { Head } from "../features/index.ts";
import {
  float32,
  gatherRows,
  int64,
  matmul,
  reduceSum,
  reshape,
  sqrt,
  square,
  sub,
  transpose,
  type Value,
} from "../graph/index.ts";
import { patchFeatures } from "../stages/index.ts";

export interface PadimHeadRequest {
  /** The channels that are looked at, ascending. */
  readonly channels: readonly number[];
  /** [positions, channels]: each position's mean. */
  readonly mean: Float32Array;
  /**
   * [positions, channels, channels]: each position's matrix W with WᵀW the inverse of its covariance, so that |(x - mean) Wᵀ|
   * is the Mahalanobis distance; kept transposed, as the product takes it.
   */
  readonly whitening: Float32Array;
}

/** PaDiM's inspection (Defard et al., 2020, Eq. 2): a patch's score is its Mahalanobis distance to its position's Gaussian. */
export function padimHead({ channels, mean, whitening }: PadimHeadRequest): Head {
  return (levels) => {
    const { rows, height, width } = patchFeatures(levels);
    const g = rows.graph;
    const [positions, size] = [height * width, channels.length];
    const centred = sub(pickChannels(rows, channels), g.constant(float32(mean, [positions, size])));
    const factors = g.constant(float32(whitening, [positions, size, size]), "whitening");
    const white = matmul(reshape(centred, [positions, 1, size]), factors);
    return { patches: reshape(sqrt(reduceSum(square(white), [2])), [1, 1, height, width]) };
  };
}

/** Columns of [rows, channels]. */
export function pickChannels(rows: Value, channels: readonly number[]): Value {
  if (channels.length === rows.shape[1]) return rows;
  const picked = gatherRows(transpose(rows, [1, 0]), rows.graph.constant(int64(channels)));
  return transpose(picked, [1, 0]);
}
