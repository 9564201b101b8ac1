import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Random } from "../random.ts";
import { kolmogorovSmirnov, leastPValue } from "./index.ts";

const five = [0.126, -0.132, 0.64, 0.105, -0.536];
const seven = [0.362, 1.304, 0.947, -0.704, -1.265, -0.623, 0.041];
const eleven = [1.739, -0.496, 0.329, -0.259, 1.583, 1.32, 0.633, -2.204, 0.052, 0.684, 1.004];
const others = [0.882, 3.322, 0.18, 0.838, 2.435, 1.549, 3.502, 1.689, 0.867, 1.122, 0.409];
const oneTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
const even = (count: number) => Array.from({ length: count }, (_, i) => ((i * 37) % 101) / 101);
const bent = (count: number, power = 0.8) =>
  Array.from({ length: count }, (_, i) => (((i * 53) % 211) / 211) ** power);

describe("equals scipy.stats.ks_2samp", () => {
  // SciPy 1.17.1, method "exact".
  test.each([
    ["5 and 7", five, seven, 0.428571428571, 0.545454545455],
    ["11 and 11", eleven, others, 0.454545454545, 0.211476088411],
    ["100 and 250, with ties", even(100), bent(250), 0.088, 0.612518223829],
  ])("of %s values", (_, first, second, statistic, pValue) => {
    const tested = kolmogorovSmirnov(first, second);
    expect(tested.statistic).toBeCloseTo(statistic, 10);
    expect(tested.pValue).toBeCloseTo(pValue, 9);
  });

  test("of so many values that the limit distribution takes over", () => {
    const tested = kolmogorovSmirnov(even(2500), bent(2600, 0.9));
    expect(tested.statistic).toBeCloseTo(0.0460461538462, 10);
    // Its exact value is 0.00862.
    expect(Math.abs(tested.pValue - 0.00862446424583)).toBeLessThan(2e-4);
  });
});

test("samples that do not overlap are as far apart as can be, equal ones not at all", () => {
  expect(kolmogorovSmirnov([1, 2, 3], [7, 8, 9, 10])).toMatchObject({ statistic: 1 });
  expect(kolmogorovSmirnov([1, 2, 3], [7, 8, 9, 10]).pValue).toBeCloseTo(2 / 35, 12);
  expect(kolmogorovSmirnov(eleven, eleven)).toEqual({ statistic: 0, pValue: 1 });
});

test("of samples that do not overlap the p-value is the least that there is for so many values", () => {
  for (const [n, m] of [
    [1, 1],
    [4, 5],
    [3, 40],
    [200, 300],
  ] as const) {
    const high = Array.from({ length: m }, (_, i) => 1000 + i);
    expect(leastPValue(n, m)).toBeCloseTo(kolmogorovSmirnov(oneTo(n), high).pValue, 12);
    expect(leastPValue(m, n)).toBeCloseTo(leastPValue(n, m), 12);
  }
  expect(leastPValue(4, 5)).toBeCloseTo(2 / 126, 12);
  expect(leastPValue(1e5, 1e5)).toBe(0);
});

test("either order gives the same", () => {
  const sample = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(sample, sample, (first, second) => {
      const one = kolmogorovSmirnov(first, second);
      const other = kolmogorovSmirnov(second, first);
      expect(one.statistic).toBe(other.statistic);
      expect(one.pValue).toBeCloseTo(other.pValue, 12);
    }),
  );
});

test("equal distributions are called different as rarely as the level says", () => {
  const random = new Random(0, "drift");
  const draw = (count: number) => Array.from(random.fillNormal(new Float32Array(count), 1));
  const rounds = 2000;
  let alarms = 0;
  for (let round = 0; round < rounds; round++)
    if (kolmogorovSmirnov(draw(20), draw(30)).pValue < 0.05) alarms++;
  expect(alarms / rounds).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / rounds));
  expect(alarms / rounds).toBeGreaterThan(0.02);
});
