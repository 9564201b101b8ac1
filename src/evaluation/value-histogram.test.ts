import { expect, test } from "vitest";
import { ValueHistogram } from "./value-histogram.ts";

function listed(one: ValueHistogram, other = new ValueHistogram()): number[][] {
  const rows: number[][] = [];
  ValueHistogram.descending(one, other, (...row) => rows.push(row));
  return rows;
}

test("visits the values of both histograms from the greatest downwards, zeros of both signs as one", () => {
  const one = new ValueHistogram();
  for (const value of [-1, 0, 3, -Infinity, 3]) one.add(value);
  const other = new ValueHistogram();
  for (const value of [Infinity, -0, -2.5, 3]) other.add(value, 0.5);
  expect(listed(one, other)).toEqual([
    [Infinity, 0, 0.5],
    [3, 2, 0.5],
    [0, 1, 0.5],
    [-1, 1, 0],
    [-2.5, 0, 0.5],
    [-Infinity, 1, 0],
  ]);
  expect([one.total, other.total]).toEqual([5, 2]);
});

test("tells values apart that differ in their first 17 bits", () => {
  const histogram = new ValueHistogram();
  for (const value of [1, 1 + 2 ** -16, 1 + 2 ** -17, -1 - 2 ** -16, -1]) histogram.add(value);
  expect(listed(histogram)).toEqual([
    [1 + 2 ** -16, 1, 0],
    [1, 2, 0],
    [-1, 1, 0],
    [-1 - 2 ** -16, 1, 0],
  ]);
});

test("adds up histograms without changing the parts", () => {
  const part = new ValueHistogram();
  part.add(1);
  const sum = new ValueHistogram();
  sum.addAll(part);
  sum.addAll(part);
  sum.add(2);
  expect(listed(sum)).toEqual([
    [2, 1, 0],
    [1, 2, 0],
  ]);
  expect(listed(part)).toEqual([[1, 1, 0]]);
});
