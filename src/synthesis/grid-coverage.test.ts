import fc from "fast-check";
import { expect, test } from "vitest";
import { cellGrid } from "../pixels/index.ts";
import { Random } from "../random.ts";
import { gridCoverage } from "./grid-coverage.ts";

/** The part of [start, end] that lies in the unit interval from `pixel` on. */
const overlap = (pixel: number, start: number, end: number) =>
  Math.max(0, Math.min(pixel + 1, end) - Math.max(pixel, start));

/** The mean over a cell's area: every pixel counts by the part of it that lies in the cell. */
function areaMean(coverage: Float32Array, size: number, top: number, left: number, h: number, w: number) {
  let sum = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      sum += coverage[y * size + x]! * overlap(y, top, top + h) * overlap(x, left, left + w);
    }
  }
  return sum / (h * w);
}

const grids = fc.record({
  size: fc.integer({ min: 1, max: 24 }),
  height: fc.integer({ min: 1, max: 30 }),
  width: fc.integer({ min: 1, max: 30 }),
  seed: fc.nat(),
});

test("is each cell's mean by area, whether or not the cells divide the pixels", () => {
  fc.assert(
    fc.property(grids, ({ size, height, width, seed }) => {
      const random = new Random(seed);
      const coverage = Float32Array.from({ length: size * size }, () => random.uniform());
      const grid = gridCoverage(coverage, size, cellGrid(height, width));
      expect(grid).toHaveLength(height * width);
      const [h, w] = [size / height, size / width];
      for (const [cell, found] of grid.entries()) {
        const [row, column] = [Math.floor(cell / width), cell % width];
        expect(Math.abs(found - areaMean(coverage, size, row * h, column * w, h, w))).toBeLessThan(1e-6);
      }
    }),
    { numRuns: 60 },
  );
});

test("of a frame painted over wholly is 1 everywhere, and of a clean one 0", () => {
  for (const value of gridCoverage(new Float32Array(49).fill(1), 7, cellGrid(3, 5)))
    expect(value).toBeCloseTo(1, 6);
  expect(Array.from(gridCoverage(new Float32Array(49), 7, cellGrid(3, 2)))).toEqual(new Array(6).fill(0));
});
