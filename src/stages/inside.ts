import { cast, greater, type Value } from "../graph/index.ts";
import { resample } from "./resample.ts";

/** A little below half, so that rounding does not decide on cells that are cut in half. */
const HALF = 0.499;

/** A map of shares [1, 1, H, W] averaged over the cells of a grid: [1, 1, height, width]. A pixel counts by its part of the cell. */
export function cellMeans(map: Value, height: number, width: number): Value {
  const [, , fromHeight, fromWidth] = map.shape as [number, number, number, number];
  return resample(map, cellShares(fromHeight, height), cellShares(fromWidth, width));
}

/** 1 where a share is a half or more, 0 elsewhere; float32. */
export function atLeastHalf(shares: Value): Value {
  return cast(greater(shares, HALF), "float32");
}

/** [cells, pixels]: which share of each cell's length each pixel takes. */
function cellShares(pixels: number, cells: number): Float32Array {
  const length = pixels / cells;
  return Float32Array.from({ length: cells * pixels }, (_, i) => {
    const [cell, pixel] = [Math.floor(i / pixels), i % pixels];
    const shared = Math.min(pixel + 1, (cell + 1) * length) - Math.max(pixel, cell * length);
    return Math.max(0, shared) / length;
  });
}
