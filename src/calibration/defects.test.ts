import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bestF1Threshold, missThreshold } from "./index.ts";

const ascending = (list: number[]) => list.sort((a, b) => a - b);
const scores = (minLength: number) =>
  fc.array(fc.integer({ min: 0, max: 20 }), { minLength, maxLength: 25 }).map(ascending);

test("of 19 defects the lowest one's score is missed by one in twenty", () => {
  const defects = Array.from({ length: 19 }, (_, i) => 10 + i);
  expect(missThreshold(defects, 0.05)).toBe(10);
  expect(missThreshold(defects, 0.1)).toBe(11);
  expect(missThreshold(defects.slice(1), 0.05)).toBeUndefined();
});

describe("the threshold with the best F1 score", () => {
  const f1At = (good: number[], defects: number[], threshold: number) => {
    const found = defects.filter((score) => score >= threshold).length;
    const rejected = good.filter((score) => score >= threshold).length;
    return (2 * found) / (2 * found + rejected + (defects.length - found));
  };

  test("lies in the middle of the gap where good images and defects are apart", () => {
    expect(bestF1Threshold([2, 6.5], [19, 40])).toEqual({ threshold: 12.75, f1: 1 });
  });

  test("is as good as any, and halfway to the next score below that is worse, of a search through all thresholds", () => {
    fc.assert(
      fc.property(scores(0), scores(1), (good, defects) => {
        const { threshold, f1 } = bestF1Threshold(good, defects);
        const f1Of = (other: number) => f1At(good, defects, other);
        expect(f1).toBeCloseTo(f1Of(threshold), 12);
        const all = Array.from({ length: 85 }, (_, i) => i / 4 - 0.25);
        expect(f1).toBeCloseTo(Math.max(...all.map(f1Of)), 12);
        const given = [...good, ...defects];
        const above = Math.min(...given.filter((score) => score >= threshold));
        const below = Math.max(...given.filter((score) => score < threshold));
        expect(threshold).toBe(Number.isFinite(below) ? (above + below) / 2 : above);
        for (const lower of all.filter((other) => other <= below)) expect(f1Of(lower)).toBeLessThan(f1);
      }),
    );
  });

  test("is a number that the model can hold, and never the score below, however close the two are", () => {
    const float = fc.float({ noNaN: true, min: -1e6, max: 1e6 });
    fc.assert(
      fc.property(float, fc.integer({ min: 1, max: 3 }), (good, steps) => {
        const bits = new Int32Array(Float32Array.of(good).buffer);
        fc.pre(Math.abs(good) > 1e-30);
        bits[0]! += Math.sign(good) * steps;
        const defect = new Float32Array(bits.buffer)[0]!;
        const { threshold } = bestF1Threshold([good], [defect]);
        expect(Math.fround(threshold)).toBe(threshold);
        expect(threshold).toBeGreaterThan(good);
        expect(threshold).toBeLessThanOrEqual(defect);
      }),
    );
  });
});
