import { RsadError } from "../errors.ts";
import {
  averagePool,
  concat,
  conv2d,
  float32,
  mul,
  reshape,
  resizeBilinear,
  sub,
  transpose,
  type Value,
} from "../graph/index.ts";
import { type Grid, isCellGrid, sameGrid } from "../pixels/index.ts";
import { resampleAt } from "./resample.ts";
import { simpleNetKernel } from "./simplenet-map.ts";

/**
 * How a patch's neighbourhood becomes one vector (Eq. 3).
 * - `average`: the mean over a `neighbourhood` x `neighbourhood` window, channel by channel: the text of the paper.
 * - `simplenet`: what SimpleNet's code does instead, a fixed linear map of 3x3 windows to `dimension` channels.
 */
export type Aggregation =
  | { readonly kind: "average"; readonly neighbourhood: number }
  | { readonly kind: "simplenet"; readonly dimension: number };

/**
 * Stage 1, first half: local aggregation of each level at its own resolution, [N, C, h, w] -> [N, C', h, w] (Eq. 2-3).
 * Zeros beyond the border count. Throws RSAD_ARGUMENT_INVALID where SimpleNet's channels do not divide evenly among the levels.
 */
export function aggregate(taps: readonly Value[], aggregation: Aggregation): Value[] {
  if (aggregation.kind === "average") {
    const size = aggregation.neighbourhood;
    return taps.map((tap) => (size === 1 ? tap : averagePool(tap, size)));
  }
  const { dimension } = aggregation;
  const outputs = dimension / taps.length;
  if (!Number.isInteger(outputs)) throw unevenLevels(dimension, taps.length);
  return taps.map((tap) => {
    const channels = tap.shape[1] as number;
    const kernel = simpleNetKernel(channels, dimension, taps.length);
    const weight = tap.graph.constant(float32(kernel, [outputs, channels, 3, 3]));
    return conv2d(tap, weight, undefined, { padding: 1 });
  });
}

function unevenLevels(dimension: number, levels: number): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "recipe field aggregation.dimension",
    expected: `a multiple of ${levels}, the number of the backbone's taps`,
    received: dimension,
    hint: `For example ${levels * Math.ceil(dimension / levels)}.`,
  });
}

/** The maps of one batch of images as a matrix with one patch a row. */
export interface PatchFeatures {
  /** [images * height * width, channels]: image by image, row by row. */
  readonly rows: Value;
  readonly images: number;
  readonly height: number;
  readonly width: number;
}

/** The grid that all levels are joined on: the one with most points, the first of those with as many. */
export function largestGrid(grids: readonly Grid[]): Grid {
  const points = ({ rows, columns }: Grid) => rows.count * columns.count;
  return grids.reduce((largest, grid) => (points(grid) > points(largest) ? grid : largest));
}

/** A level [N, C, h, w], or what a linear map made of it, from its own grid to another. */
export function toGrid(level: Value, from: Grid, to: Grid): Value {
  if (sameGrid(from, to)) return level;
  const cells = isCellGrid(from) && isCellGrid(to);
  return cells ? resizeBilinear(level, [to.rows.count, to.columns.count]) : resampleAt(level, from, to);
}

/** Maps [N, C, h, w] of one grid as a matrix with one patch a row. */
export function patchesOf(map: Value): PatchFeatures {
  const [images, channels, height, width] = map.shape as [number, number, number, number];
  const rows = reshape(transpose(map, [0, 2, 3, 1]), [images * height * width, channels]);
  return { rows, images, height, width };
}

/** Stage 1, second half: every level brought to the largest one's grid and joined channel by channel (Eq. 4). */
export function patchFeatures(levels: readonly Value[], grids: readonly Grid[]): PatchFeatures {
  const common = largestGrid(grids);
  return patchesOf(
    concat(
      levels.map((level, i) => toGrid(level, grids[i]!, common)),
      1,
    ),
  );
}

/** What is subtracted from each channel and what it is divided by, the levels' channels one after the other. */
export interface ChannelMoments {
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
}

/**
 * (feature - mean) / deviation for each channel. Not in the paper: it makes the fuser's noise mean the same for every
 * network (docs/method.md). Per channel, so it commutes with the resize of {@link patchFeatures}.
 */
export function scaleFeatures(levels: readonly Value[], { mean, deviation }: ChannelMoments): Value[] {
  let start = 0;
  return levels.map((level) => {
    const channels = level.shape[1] as number;
    const part = (values: Float32Array) =>
      level.graph.constant(float32(values.slice(start, start + channels), [1, channels, 1, 1]));
    const scaled = mul(sub(level, part(mean)), part(deviation.map((value) => 1 / value)));
    start += channels;
    return scaled;
  });
}
