import { cast, greater, type Value } from "../graph/index.ts";
import { type Axis, cellShares, type Grid } from "../pixels/index.ts";
import { resample } from "./resample.ts";

/** A little below half, so that rounding does not decide on cells that are cut in half. */
const HALF = 0.499;

/**
 * A map of shares [1, 1, H, W] averaged over the cells around a grid's points: [1, 1, height, width]. A pixel counts by its part of the
 * cell.
 */
export function cellMeans(map: Value, { rows, columns }: Grid): Value {
  const [, , height, width] = map.shape as [number, number, number, number];
  return resample(map, shareMatrix(height, rows), shareMatrix(width, columns));
}

/** 1 where a share is a half or more, 0 elsewhere; float32. */
export function atLeastHalf(shares: Value): Value {
  return cast(greater(shares, HALF), "float32");
}

/** [cells, pixels]: which share of each cell's length each pixel takes. */
function shareMatrix(pixels: number, axis: Axis): Float32Array {
  const matrix = new Float32Array(axis.count * pixels);
  for (const { cell, pixel, share } of cellShares(pixels, axis)) matrix[cell * pixels + pixel] = share;
  return matrix;
}
