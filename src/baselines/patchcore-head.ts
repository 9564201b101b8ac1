import type { Head } from "../features/index.ts";
import {
  argMin,
  div,
  exp,
  float32,
  gatherRows,
  linear,
  mul,
  neg,
  reduceMax,
  reduceSum,
  reshape,
  smallest,
  sqrt,
  square,
  sub,
  type Value,
} from "../graph/index.ts";
import { meanRow, patchFeatures } from "../stages/index.ts";

export interface PatchCoreHeadRequest {
  /** The memory bank, [size, channels], row-major. */
  readonly bank: Float32Array;
  readonly channels: number;
  /** Size of the neighbourhood that re-weights the image score; below 2 there is no re-weighting. */
  readonly neighbours: number;
}

/**
 * PatchCore's inspection (Roth et al., CVPR 2022): a patch's score is the Euclidean distance to its nearest vector in the bank.
 *
 * The nearest is found by one matrix product, its distance taken from the difference, which keeps the digits that
 * |x|² - 2 x·m + |m|² loses. For the same reason all vectors are counted from the bank's mean.
 */
export function patchCoreHead({ bank, channels, neighbours }: PatchCoreHeadRequest): Head {
  const { mean, centred, squares } = centre(bank, channels);
  const size = squares.length;
  return (levels, grids, inside) => {
    const { rows, height, width } = patchFeatures(levels, grids);
    const g = rows.graph;
    const memory = g.constant(float32(centred, [size, channels]), "bank");
    const lengths = g.constant(float32(squares, [size]));
    /** |m|² - 2 x·m for each row x and each m of the bank. */
    const proximity = (x: Value) => linear(mul(x, -2), memory, lengths);

    const x = sub(rows, g.constant(float32(mean, [1, channels])));
    const nearest = gatherRows(memory, argMin(proximity(x), 1));
    const distances = lengthOfRows(sub(x, nearest));
    const patches = reshape(distances, [1, 1, height, width]);
    if (Math.min(neighbours, size) < 2) return { patches };

    // Distances are at least 0, so that a patch which is not inspected is never worse than one that is.
    const counted = inside === undefined ? distances : mul(distances, reshape(inside, [height * width, 1]));
    const worst = argMin(neg(reshape(counted, [1, height * width])), 1);
    const [patch, support] = [gatherRows(x, worst), gatherRows(nearest, worst)];
    const around = smallest(proximity(support), Math.min(neighbours, size)).indices;
    const others = gatherRows(memory, reshape(around, [around.shape[1]!]));
    return { patches, score: reweighted(counted, lengthOfRows(sub(others, patch))) };
  };
}

/**
 * Eq. 7: (1 - exp(d*) / sum of exp(d)) d*, with d* the largest patch distance and d the same patch's distances to the
 * neighbourhood of its nearest vector, that vector included. A vector that lies alone in the bank counts for more.
 */
function reweighted(distances: Value, around: Value): Value {
  const largest = reduceMax(distances, undefined, false);
  const sum = reduceSum(exp(sub(around, largest)), undefined, false);
  return mul(sub(1, div(1, sum)), largest);
}

/** [R, C] -> [R, 1]. */
function lengthOfRows(x: Value): Value {
  return sqrt(reduceSum(square(x), [1]));
}

function centre(bank: Float32Array, channels: number) {
  const size = bank.length / channels;
  const mean = meanRow(bank, channels);
  const centred = bank.map((value, i) => value - mean[i % channels]!);
  const squares = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const row = centred.subarray(i * channels, (i + 1) * channels);
    squares[i] = row.reduce((sum, value) => sum + value * value, 0);
  }
  return { mean, centred, squares };
}
