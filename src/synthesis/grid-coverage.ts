/**
 * Mean of `coverage`, [size * size], over each cell of a grid, [height * width]. A pixel that lies in several cells counts in
 * each by its part of the cell's area, so `size` need not be divisible by the grid.
 */
export function gridCoverage(
  coverage: Float32Array,
  size: number,
  height: number,
  width: number,
): Float32Array {
  const columns = shares(size, width);
  const rows = shares(size, height);
  const narrow = new Float64Array(size * width);
  for (let y = 0; y < size; y++) {
    for (const { cell, pixel, share } of columns) {
      narrow[y * width + cell]! += share * coverage[y * size + pixel]!;
    }
  }
  const grid = new Float64Array(height * width);
  for (const { cell, pixel, share } of rows) {
    for (let x = 0; x < width; x++) grid[cell * width + x]! += share * narrow[pixel * width + x]!;
  }
  return Float32Array.from(grid);
}

/** Along one axis: which pixels lie in which cells, and which share of the cell's length each takes. */
function shares(size: number, cells: number): { cell: number; pixel: number; share: number }[] {
  const length = size / cells;
  return Array.from({ length: cells }, (_, cell) => {
    const [start, end] = [cell * length, (cell + 1) * length];
    const first = Math.floor(start);
    const last = Math.min(size, Math.ceil(end));
    return Array.from({ length: last - first }, (_, i) => {
      const pixel = first + i;
      return { cell, pixel, share: (Math.min(pixel + 1, end) - Math.max(pixel, start)) / length };
    });
  }).flat();
}
