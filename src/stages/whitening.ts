import { add, conv2d, float32, type Value } from "../graph/index.ts";
import type { Grid } from "../pixels/index.ts";
import { largestGrid, type PatchFeatures, patchesOf, toGrid } from "./extractor.ts";

/** An affine map of patch features: x -> matrix (x - mean). */
export interface Whitening {
  /** [channels], the levels' channels one after the other. */
  readonly mean: Float32Array;
  /** [components, channels], row-major. */
  readonly matrix: Float32Array;
  readonly components: number;
}

/**
 * Stage 2 in closed form, with the second half of stage 1: levels [N, C, h, w] on their grids to rows [N * height * width, components].
 * Being linear it commutes with the resize and the joining of `patchFeatures`, so that each level is mapped at its
 * own resolution, and it is maps of few components that are resized.
 */
export function whiten(
  levels: readonly Value[],
  grids: readonly Grid[],
  { mean, matrix, components }: Whitening,
): PatchFeatures {
  const channels = mean.length;
  const common = largestGrid(grids);
  let start = 0;
  const mapped = levels.map((level, i) => {
    const own = level.shape[1] as number;
    const weight = columns(matrix, channels, start, own);
    const bias = offset(weight, mean.subarray(start, start + own), components);
    start += own;
    const g = level.graph;
    const kernel = g.constant(float32(weight, [components, own, 1, 1]), `aligner.whitening.${i}`);
    const map = conv2d(level, kernel, g.constant(float32(bias, [components])));
    return toGrid(map, grids[i]!, common);
  });
  return patchesOf(mapped.reduce((sum, map) => add(sum, map)));
}

/** The map followed by another, whose `weight` is [components, outputs], row-major: its components are the outputs. */
export function followedBy({ mean, matrix, components }: Whitening, weight: Float32Array): Whitening {
  const channels = mean.length;
  const outputs = weight.length / components;
  const sums = new Float64Array(outputs * channels);
  for (let component = 0; component < components; component++) {
    const row = matrix.subarray(component * channels, (component + 1) * channels);
    for (let output = 0; output < outputs; output++) {
      const factor = weight[component * outputs + output]!;
      if (factor === 0) continue;
      const start = output * channels;
      for (let i = 0; i < channels; i++) sums[start + i]! += factor * row[i]!;
    }
  }
  return { mean, matrix: Float32Array.from(sums), components: outputs };
}

/** Columns `start` to `start + count` of a matrix with `width` columns. */
function columns(matrix: Float32Array, width: number, start: number, count: number): Float32Array {
  const rows = matrix.length / width;
  const part = new Float32Array(rows * count);
  for (let row = 0; row < rows; row++) {
    part.set(matrix.subarray(row * width + start, row * width + start + count), row * count);
  }
  return part;
}

/** -weight · mean, summed in double precision. */
function offset(weight: Float32Array, mean: Float32Array, components: number): Float32Array {
  const size = mean.length;
  return Float32Array.from({ length: components }, (_, row) => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum -= weight[row * size + i]! * mean[i]!;
    return sum;
  });
}
