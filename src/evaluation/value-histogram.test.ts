import { expect, test } from "vitest";
import { Random } from "../random.ts";
import { bitsOf } from "./runs.ts";
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

test("tells neighbouring values apart as long as they are few or close together", () => {
  const ulp = 2 ** -23;
  const close = Float32Array.from({ length: 2 ** 20 - 2 ** 7 }, (_, i) => 1 + i * ulp);
  const histogram = new ValueHistogram();
  expect(histogram.addRun(bitsOf(close), 0, close.length)).toBe(close.length);
  histogram.add(-1);
  histogram.add(-1 - ulp);
  const rows = listed(histogram);
  expect(rows.length).toBe(close.length + 2);
  expect(rows.every(([, weight]) => weight === 1)).toBe(true);
  expect(rows.slice(-3).map(([value]) => value)).toEqual([1, -1, -1 - ulp]);
});

test("joins the least of many values with their neighbours, by less than 1.6e-5, and keeps the greatest", () => {
  const random = new Random(1);
  const spread = Float32Array.from({ length: 60_000 }, () => random.normal() * 10 ** (3 * random.uniform()));
  const histogram = new ValueHistogram();
  histogram.addRun(bitsOf(spread), 0, spread.length);
  const bins = listed(histogram);
  expect(bins.length).toBeLessThan(0.99 * spread.length);
  expect(bins.reduce((sum, [, weight]) => sum + weight!, 0)).toBe(spread.length);
  const falling = spread.slice().sort().reverse();
  expect(bins.slice(0, 1000).map(([value]) => value)).toEqual([...falling.subarray(0, 1000)]);
  let next = 0;
  let [least, most] = [0, 0];
  let floored = true;
  for (const [value, weight] of bins) {
    for (let i = 0; i < weight!; i++) {
      const original = falling[next++]!;
      const difference = (original - value!) / Math.abs(original);
      least = Math.min(least, difference);
      most = Math.max(most, difference);
      floored &&= histogram.floor(original) === value;
    }
  }
  expect(least).toBe(0);
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(1.6e-5);
  expect(floored).toBe(true);
});

test("adds a run of bits, leaving out NaN", () => {
  const map = Float32Array.of(9, -(2 ** -149), Number.NaN, -1, 1, 1, 9);
  const histogram = new ValueHistogram();
  expect(histogram.addRun(bitsOf(map), 1, 6, 0.5)).toBe(4);
  expect(listed(histogram)).toEqual([
    [1, 1, 0],
    [-(2 ** -149), 0.5, 0],
    [-1, 0.5, 0],
  ]);
  expect(histogram.total).toBe(2);
});

test("reads and adds up histograms that tell values apart to different precision", () => {
  const random = new Random(2);
  const many = Float32Array.from({ length: 20_000 }, () => Math.exp(8 * random.normal()));
  const coarse = new ValueHistogram();
  coarse.addRun(bitsOf(many), 0, many.length);
  const fine = new ValueHistogram();
  for (const value of [1, 1 + 2 ** -23, -3]) fine.add(value);
  expect(listed(fine, coarse).reduce((sum, [, own]) => sum + own!, 0)).toBe(3);
  const sums = [new ValueHistogram(), new ValueHistogram()] as const;
  sums[0].addAll(fine);
  sums[0].addAll(coarse);
  sums[1].addAll(coarse);
  sums[1].addAll(fine);
  expect(listed(sums[0])).toEqual(listed(sums[1]));
  expect(sums[0].total).toBe(many.length + 3);
  expect(listed(fine).length).toBe(3);
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
