import { expect, test } from "vitest";
import { type Axis, cellGrid, cellShares, isCellGrid, placesAmong, sameGrid } from "./axis.ts";

/** Points of a quarter of the side each, of which the first lies on the border. */
const onBorder: Axis = { count: 4, first: 0, step: 0.25 };

test("cells divide the image evenly, around their centres", () => {
  const { rows, columns } = cellGrid(4, 5);
  expect(rows).toEqual({ count: 4, first: 0.125, step: 0.25 });
  expect(columns).toEqual({ count: 5, first: 0.1, step: 0.2 });
});

test("grids are told apart by where their points lie, not only by their number", () => {
  const cells = cellGrid(4, 4);
  expect(isCellGrid(cells)).toBe(true);
  expect(isCellGrid({ ...cells, columns: onBorder })).toBe(false);
  expect(sameGrid(cells, cellGrid(4, 4))).toBe(true);
  expect(sameGrid(cells, { ...cells, rows: onBorder })).toBe(false);
  expect(sameGrid(cells, cellGrid(4, 8))).toBe(false);
});

test("a point's place among others is counted in their steps, and may lie beyond them", () => {
  const [two, four] = [cellGrid(2, 2).rows, cellGrid(4, 4).rows];
  expect(placesAmong(two, four)).toEqual([-0.25, 0.25, 0.75, 1.25]);
  expect(placesAmong(onBorder, four)).toEqual([0.5, 1.5, 2.5, 3.5]);
  expect(placesAmong(onBorder, onBorder)).toEqual([0, 1, 2, 3]);
});

test("a pixel on the edge of two cells is shared, and the outer cells reach as far as the image does", () => {
  expect(cellShares(4, cellGrid(2, 2).rows)).toEqual([
    { cell: 0, pixel: 0, share: 0.5 },
    { cell: 0, pixel: 1, share: 0.5 },
    { cell: 1, pixel: 2, share: 0.5 },
    { cell: 1, pixel: 3, share: 0.5 },
  ]);
  const listed = (axis: Axis) => cellShares(4, axis).map(({ cell, pixel, share }) => [cell, pixel, share]);
  // Half a pixel of the image, two cells of which two pixels have a half each, and one and a half pixels that are left.
  expect(listed(onBorder)).toEqual([
    [0, 0, 1],
    [1, 0, 0.5],
    [1, 1, 0.5],
    [2, 1, 0.5],
    [2, 2, 0.5],
    [3, 2, expect.closeTo(1 / 3)],
    [3, 3, expect.closeTo(2 / 3)],
  ]);
  expect(listed({ count: 2, first: 0.375, step: 0.5 })).toEqual([
    [0, 0, 0.4],
    [0, 1, 0.4],
    [0, 2, 0.2],
    [1, 2, expect.closeTo(1 / 3)],
    [1, 3, expect.closeTo(2 / 3)],
  ]);
});
