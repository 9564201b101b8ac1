import fc from "fast-check";
import { expect, test } from "vitest";
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

test("the best F1 score is that of a search through all thresholds", () => {
  fc.assert(
    fc.property(scores(0), scores(1), (good, defects) => {
      const f1 = (threshold: number) => {
        const found = defects.filter((score) => score >= threshold).length;
        const rejected = good.filter((score) => score >= threshold).length;
        return (2 * found) / (2 * found + rejected + (defects.length - found));
      };
      const best = bestF1Threshold(good, defects);
      expect(best.f1).toBeCloseTo(f1(best.threshold), 12);
      const all = Array.from({ length: 42 }, (_, i) => i / 2);
      expect(best.f1).toBeCloseTo(Math.max(...all.map(f1)), 12);
    }),
  );
});
