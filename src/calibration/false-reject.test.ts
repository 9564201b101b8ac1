import { expect, test } from "vitest";
import { betaInterval, conformalThreshold, falseRejectAt, goodImagesNeeded } from "./index.ts";

const scores = Array.from({ length: 21 }, (_, i) => i);

test("above all scores one in n + 1 is promised, and nothing smaller can be", () => {
  const { threshold } = conformalThreshold(scores, 0.01);
  expect(falseRejectAt(scores, threshold)).toEqual({ promised: 1 / 22, interval: betaInterval(1, 21) });
});

test("any other threshold promises by the good images that reach it", () => {
  expect(falseRejectAt(scores, 19)).toEqual({ promised: 3 / 22, interval: betaInterval(3, 19) });
  expect(falseRejectAt(scores, -1)).toEqual({ promised: 1, interval: [1, 1] });
});

test.each([
  [0.01, 99],
  [0.05, 19],
  [0.1, 9],
  [0.005, 199],
  [0.3, 3],
])("%d needs %i good images, and one fewer is too few", (rate, needed) => {
  expect(goodImagesNeeded(rate)).toBe(needed);
  const promisedBy = (count: number) => {
    const ascending = Array.from({ length: count }, (_, i) => i);
    return falseRejectAt(ascending, conformalThreshold(ascending, rate).threshold).promised;
  };
  expect(promisedBy(needed)).toBeLessThanOrEqual(rate + 1e-12);
  expect(promisedBy(needed - 1)).toBeGreaterThan(rate);
});
