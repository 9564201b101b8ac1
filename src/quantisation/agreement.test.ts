import { expect, test } from "vitest";
import { compareScores } from "./agreement.ts";

test("the same order has rank correlation 1, the opposite one -1, whatever the scores", () => {
  expect(compareScores([1, 2, 5, 9], [-3, 0, 0.5, 100])).toEqual({
    count: 4,
    rankCorrelation: 1,
    largestChange: 91,
    spread: 8,
  });
  expect(compareScores([1, 2, 5], [5, 2, 1]).rankCorrelation).toBe(-1);
});

test("equal scores share their rank", () => {
  // Ranks 0, 1.5, 1.5, 3 and 0, 2, 1, 3: covariance 4.5, variances 4.5 and 5.
  expect(compareScores([1, 2, 2, 3], [1, 3, 2, 4]).rankCorrelation).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
});

test("without differences there is no order", () => {
  expect(compareScores([2], [3])).toMatchObject({ rankCorrelation: undefined, largestChange: 1, spread: 0 });
});
