import { expect, test } from "vitest";
import { Random } from "../random.ts";
import {
  betaInterval,
  conformalThreshold,
  falseRejectAt,
  falseRejectSeen,
  goodImagesNeeded,
} from "./index.ts";

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

test("of a threshold that the scores themselves chose it is counted how many reach it, and bounded whatever was chosen", () => {
  expect(falseRejectSeen(scores, 19)).toEqual({ rejected: 2, total: 21, atMost: expect.any(Number) });
  expect(falseRejectSeen(scores, 19).atMost).toBeCloseTo(2 / 21 + Math.sqrt(Math.log(20) / 42), 12);
  expect(falseRejectSeen([1], 0).atMost).toBe(1);

  // The choice that flatters most: where the share of uniform scores that reach the threshold is furthest above the share seen.
  const random = new Random(0, "chosen");
  const [rounds, count] = [4000, 30];
  let beyond = 0;
  for (let round = 0; round < rounds; round++) {
    const ascending = Array.from({ length: count }, () => random.uniform()).sort((a, b) => a - b);
    const isBeyond = (chosen: number) => 1 - chosen > falseRejectSeen(ascending, chosen + 1e-12).atMost;
    if (ascending.some(isBeyond)) beyond++;
  }
  expect(beyond / rounds).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / rounds));
  expect(beyond / rounds).toBeGreaterThan(0.03);
});
