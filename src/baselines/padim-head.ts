import { type Head, type Inside, insideRows } from "../features/index.ts";
import {
  concat,
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
  /** The positions that were learned, ascending; all if left out. */
  readonly inside?: Inside;
}

/** PaDiM's inspection (Defard et al., 2020, Eq. 2): a patch's score is its Mahalanobis distance to its position's Gaussian. */
export function padimHead({ channels, mean, whitening, inside }: PadimHeadRequest): Head {
  return (levels, grids) => {
    const { rows, height, width } = patchFeatures(levels, grids);
    const g = rows.graph;
    const [positions, size] = [inside?.length ?? height * width, channels.length];
    const centred = sub(
      pickChannels(insideRows(rows, inside), channels),
      g.constant(float32(mean, [positions, size])),
    );
    const factors = g.constant(float32(whitening, [positions, size, size]), "whitening");
    const white = matmul(reshape(centred, [positions, 1, size]), factors);
    const distances = reshape(sqrt(reduceSum(square(white), [2])), [positions, 1]);
    return { patches: reshape(spread(distances, inside, height * width), [1, 1, height, width]) };
  };
}

/** Rows to their places among `count`; 0 in the others, which are not inspected. */
function spread(rows: Value, inside: Inside, count: number): Value {
  if (inside === undefined) return rows;
  const places = new Array<number>(count).fill(inside.length);
  for (const [row, place] of inside.entries()) places[place] = row;
  const g = rows.graph;
  return gatherRows(concat([rows, g.constant(float32([0], [1, 1]))], 0), g.constant(int64(places)));
}

/** Columns of [rows, channels]. */
export function pickChannels(rows: Value, channels: readonly number[]): Value {
  if (channels.length === rows.shape[1]) return rows;
  const picked = gatherRows(transpose(rows, [1, 0]), rows.graph.constant(int64(channels)));
  return transpose(picked, [1, 0]);
}
