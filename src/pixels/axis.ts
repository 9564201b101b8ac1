/** Points in a row along one side of an image: point i at `first + i * step`, in units of that side, from its beginning. */
export interface Axis {
  readonly count: number;
  readonly first: number;
  readonly step: number;
}

/** The points of a grid over an image, from top to bottom and from left to right. */
export interface Grid {
  readonly rows: Axis;
  readonly columns: Axis;
}

/** The centres of the equal cells that an image is divided into. */
export function cellGrid(height: number, width: number): Grid {
  return { rows: cellCentres(height), columns: cellCentres(width) };
}

export function isCellGrid(grid: Grid): boolean {
  return sameGrid(grid, cellGrid(grid.rows.count, grid.columns.count));
}

export function sameGrid(a: Grid, b: Grid): boolean {
  return sameAxis(a.rows, b.rows) && sameAxis(a.columns, b.columns);
}

function cellCentres(count: number): Axis {
  return { count, first: 0.5 / count, step: 1 / count };
}

function sameAxis(a: Axis, b: Axis): boolean {
  return a.count === b.count && a.first === b.first && a.step === b.step;
}

/** Where the points of `to` lie among those of `from`: 0 is the first of them, 0.5 the middle between it and the second. */
export function placesAmong(from: Axis, to: Axis): number[] {
  return Array.from({ length: to.count }, (_, i) => (to.first + i * to.step - from.first) / from.step);
}

/** A pixel that lies in a point's cell, and which share of the cell's length it takes. */
export interface CellShare {
  readonly cell: number;
  readonly pixel: number;
  readonly share: number;
}

/**
 * Which of `pixels` equal pixels lie in the cells around an axis's points, each of which is a step long; the first and the last one begin
 * and end with the image.
 */
export function cellShares(pixels: number, { count, first, step }: Axis): CellShare[] {
  const clamp = (position: number) => Math.min(Math.max(position * pixels, 0), pixels);
  return Array.from({ length: count }, (_, cell) => {
    const start = cell === 0 ? 0 : clamp(first + (cell - 0.5) * step);
    const end = cell === count - 1 ? pixels : clamp(first + (cell + 0.5) * step);
    const from = Math.floor(start);
    return Array.from({ length: Math.ceil(end) - from }, (_, i) => {
      const pixel = from + i;
      return { cell, pixel, share: (Math.min(pixel + 1, end) - Math.max(pixel, start)) / (end - start) };
    });
  }).flat();
}
