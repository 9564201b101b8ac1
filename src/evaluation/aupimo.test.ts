import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Random } from "../random.ts";
import { ImageOverlapStatistics, type RateRange } from "./aupimo.ts";
import { slowAupimo } from "./testing/oracles.ts";

const values = (most: number) =>
  fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 9 }) },
      { weight: 3, arbitrary: fc.float({ min: 0, max: 9, noNaN: true }) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    ),
    { minLength: 1, maxLength: most },
  );

function measure(good: readonly number[][], defects: readonly number[][], range: RateRange) {
  const overlaps = new ImageOverlapStatistics();
  for (const map of good) overlaps.addGood(Float32Array.from(map));
  for (const map of defects) {
    // A good pixel at either end, which must not matter.
    const mask = new Uint8Array(map.length + 2).fill(1, 1, -1);
    overlaps.addDefect(Float32Array.from([99, ...map, 99]), mask);
  }
  return overlaps.aupimos(range);
}

describe("AUPIMO", () => {
  test("equals its definition, counted out at every threshold", () => {
    const ranges = fc.constantFrom(
      { lower: 0.02, upper: 0.3 },
      { lower: 0.1, upper: 0.6 },
      { lower: 0.2, upper: 1 },
    );
    fc.assert(
      fc.property(
        fc.array(values(30), { maxLength: 4 }),
        fc.array(values(12), { maxLength: 3 }),
        ranges,
        (good, defects, range) => {
          const measured = measure(good, defects, range);
          expect(measured.length).toBe(defects.length);
          for (const [i, defect] of defects.entries()) {
            const expected = slowAupimo(defect, good, range);
            if (expected === undefined) expect(measured[i]).toBeUndefined();
            else expect(measured[i]).toBeCloseTo(expected, 9);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test("every good image weighs the same, whatever its size", () => {
    const large = Array.from({ length: 90 }, (_, i) => (i < 9 ? 5 : 0));
    const small = Array.from({ length: 10 }, (_, i) => (i < 1 ? 3 : 0));
    // 0.05 of the pixels per image from 5 on, 0.1 from 3 on.
    const range = { lower: 0.05, upper: 0.1 };
    expect(measure([large, small], [[6], [4, 4, 2, 2], [3], [0]], range)).toEqual([1, 0.5, 0.5, 0]);
  });

  test("finds nothing where good images hold the greatest value too often", () => {
    expect(measure([[9, 9, 9, 0, 0, 0, 0, 0, 0, 0]], [[9, 9]], { lower: 0.1, upper: 0.2 })).toEqual([0]);
  });

  test("needs as many good pixels as the range's lower end asks for", () => {
    const overlaps = new ImageOverlapStatistics();
    overlaps.addDefect(Float32Array.of(1), Uint8Array.of(1));
    expect(overlaps.aupimos()).toEqual([undefined]);
    overlaps.addGood(new Float32Array(99_999));
    expect(overlaps.aupimos()).toEqual([undefined]);
    overlaps.addGood(Float32Array.of(0, Number.NaN));
    expect(overlaps.aupimos()).toEqual([1]);
  });

  test("keeps enough of a large defect", () => {
    const random = new Random(3);
    const good = Array.from({ length: 20_000 }, () => random.uniform());
    const defect = Array.from({ length: 100_000 }, () => random.uniform() + 0.5 * random.uniform());
    const range = { lower: 0.001, upper: 0.1 };
    const [measured] = measure([good], [defect], range);
    const rising = Float32Array.from(good).sort();
    const found = Float32Array.from(defect).sort();
    let area = 0;
    let left = found.length;
    for (let k = 1; k <= 0.1 * good.length; k++) {
      const threshold = rising[good.length - k]!;
      while (left > 0 && found[left - 1]! >= threshold) left--;
      if (k > 0.001 * good.length) area += (1 - left / found.length) * Math.log(k / (k - 1));
    }
    expect(Math.abs(measured! - area / Math.log(100))).toBeLessThan(1e-4);
  });

  test("refuses a range that is none and a mask of another length", () => {
    const overlaps = new ImageOverlapStatistics();
    for (const [lower, upper] of [
      [0, 1],
      [0.1, 0.1],
      [0.1, 1.1],
      [Number.NaN, 1],
    ]) {
      expect(() => overlaps.aupimos({ lower: lower!, upper: upper! })).toThrow(
        expect.objectContaining({ code: "RSAD_ARGUMENT_INVALID" }),
      );
    }
    expect(() => overlaps.addDefect(new Float32Array(4), new Uint8Array(3))).toThrow(
      expect.objectContaining({ code: "RSAD_MASK_INVALID" }),
    );
  });
});
