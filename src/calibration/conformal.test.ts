import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Random } from "../random.ts";
import { conformalThreshold, pValue } from "./index.ts";

const oneTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
const scores = fc
  .array(fc.float({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 60 })
  .map((list) => list.sort((a, b) => a - b));
const rates = fc.constantFrom(0.001, 0.01, 0.05, 0.1, 0.3, 0.5, 0.9);

describe("the conformal threshold", () => {
  test.each([
    [99, 0.01, 99],
    [98, 0.01, 98], // of 99 wanted: as high as it can be
    [199, 0.01, 198],
    [19, 0.05, 19],
    [9, 0.1, 9], // (9 + 1)(1 - 0.1) is 9, whatever floats make of it
    [10, 0.9, 2],
    [3, 0.999, 1],
  ])("of %i scores for the rate %d has rank %i", (count, rate, rank) => {
    expect(conformalThreshold(oneTo(count), rate).rank).toBe(rank);
  });

  test("rejects exactly the scores whose p-value the rate allows, where there are enough of them", () => {
    fc.assert(
      fc.property(scores, rates, fc.float({ noNaN: true, min: -2e6, max: 2e6 }), (ascending, rate, score) => {
        const { threshold } = conformalThreshold(ascending, rate);
        fc.pre(rate * (ascending.length + 1) >= 1);
        expect(score >= threshold).toBe(pValue(ascending, score) <= rate + 1e-9);
      }),
    );
  });

  test("keeps its promise over many calibrations", () => {
    const random = new Random(0, "promise");
    const draw = (count: number) => Array.from(random.fillNormal(new Float32Array(count), 1));
    const rounds = 4000;
    for (const [count, rate] of [
      [20, 0.1],
      [99, 0.01],
      [50, 0.3],
    ] as const) {
      let rejected = 0;
      for (let round = 0; round < rounds; round++) {
        const ascending = draw(count).sort((a, b) => a - b);
        if (draw(1)[0]! >= conformalThreshold(ascending, rate).threshold) rejected++;
      }
      const expected = (count + 1 - Math.ceil((count + 1) * (1 - rate) - 1e-9)) / (count + 1);
      const error = Math.sqrt((expected * (1 - expected)) / rounds);
      expect(Math.abs(rejected / rounds - expected)).toBeLessThan(4 * error);
    }
  });
});

test("a p-value counts the scores that are as high, ties too, and is never 0", () => {
  expect(pValue([1, 2, 2, 3], 2)).toBe(4 / 5);
  expect(pValue([1, 2, 2, 3], 2.5)).toBe(2 / 5);
  expect(pValue([1, 2, 2, 3], 9)).toBe(1 / 5);
  expect(pValue([1, 2, 2, 3], -9)).toBe(1);
});
