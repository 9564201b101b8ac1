import type { Value } from "../graph/index.ts";
import { type Axis, cellGrid, type Grid } from "../pixels/index.ts";
import { resample, samplingBetween } from "../stages/index.ts";

/** Where SciPy's gaussian_filter cuts its kernel, in deviations. */
const TRUNCATE = 4;

/**
 * A map of patches [1, 1, h, w] on a grid upsampled bilinearly to [1, 1, size, size] and smoothed by a Gaussian of `deviation` pixels, the border
 * repeated outwards; 0 smooths nothing. Both are linear and act on rows and columns apart, so together they are one small
 * matrix on either side of the map: a fraction of the operations of a convolution at full size.
 */
export function smoothMap(patches: Value, { rows, columns }: Grid, size: number, deviation: number): Value {
  const pixels = cellGrid(size, size);
  return resample(
    patches,
    smoothInterpolation(rows, pixels.rows, deviation),
    smoothInterpolation(columns, pixels.columns, deviation),
  );
}

/** [to, from]: the weights of linear interpolation, then smoothed over the pixels that it leads to. */
function smoothInterpolation(points: Axis, pixels: Axis, deviation: number): Float32Array {
  const sharp = samplingBetween(points, pixels);
  if (deviation === 0) return sharp;
  const [from, to] = [points.count, pixels.count];
  const kernel = gaussianKernel(deviation);
  const radius = (kernel.length - 1) / 2;
  const smooth = new Float64Array(to * from);
  for (let pixel = 0; pixel < to; pixel++) {
    for (const [i, weight] of kernel.entries()) {
      const neighbour = Math.min(Math.max(pixel + i - radius, 0), to - 1);
      for (let j = 0; j < from; j++) smooth[pixel * from + j]! += weight * sharp[neighbour * from + j]!;
    }
  }
  return Float32Array.from(smooth);
}

/** Sums to 1. */
function gaussianKernel(deviation: number): number[] {
  const radius = Math.max(1, Math.round(TRUNCATE * deviation));
  const weights = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - radius) / deviation) ** 2),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
