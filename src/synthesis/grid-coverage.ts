import { cellShares, type Grid } from "../pixels/index.ts";

/**
 * Mean of `coverage`, [size * size], over the cell around each point of a grid, [height * width]. A pixel that lies in several cells
 * counts in each by its part of the cell's area, so `size` need not be divisible by the grid.
 */
export function gridCoverage(coverage: Float32Array, size: number, grid: Grid): Float32Array {
  const [height, width] = [grid.rows.count, grid.columns.count];
  const columns = cellShares(size, grid.columns);
  const narrow = new Float64Array(size * width);
  for (let y = 0; y < size; y++) {
    for (const { cell, pixel, share } of columns) {
      narrow[y * width + cell]! += share * coverage[y * size + pixel]!;
    }
  }
  const means = new Float64Array(height * width);
  for (const { cell, pixel, share } of cellShares(size, grid.rows)) {
    for (let x = 0; x < width; x++) means[cell * width + x]! += share * narrow[pixel * width + x]!;
  }
  return Float32Array.from(means);
}
