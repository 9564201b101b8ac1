import { expect, test } from "vitest";
import { betaBinomialInterval, betaInterval } from "./index.ts";

// scipy.stats.beta.ppf([.025, .975], a, b), SciPy 1.17.1.
test.each([
  [1, 21, 0.00120488344836, 0.161097615219],
  [1, 99, 0.000255702736666, 0.0365757449835],
  [3, 18, 0.0320709371855, 0.316982714019],
  [21, 1, 0.838902384781, 0.998795116552],
  [40, 61, 0.303294768703, 0.492685520368],
  [5, 995, 0.00162704850516, 0.0102198526185],
])("Beta(%i, %i) lies between %d and %d with 95 %%", (a, b, low, high) => {
  const interval = betaInterval(a, b);
  expect(interval[0]).toBeCloseTo(low, 10);
  expect(interval[1]).toBeCloseTo(high, 10);
});

// From the sums of scipy.stats.betabinom: the first and last count beyond which no more than 2.5 % lie.
test.each([
  [50, 1, 99, 0, 3],
  [50, 3, 18, 1, 18],
  [200, 11, 90, 9, 38],
  [7, 1, 2, 0, 7],
  [400, 5, 396, 0, 12],
])("of %i new images with Beta(%i, %i), between %i and %i are rejected", (tested, a, b, low, high) => {
  expect(betaBinomialInterval(tested, a, b)).toEqual([low, high]);
});

test("a threshold below all scores says nothing but that it rejects", () => {
  expect(betaInterval(5, 0)).toEqual([1, 1]);
  expect(betaBinomialInterval(8, 5, 0)).toEqual([8, 8]);
});
