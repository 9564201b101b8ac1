import { expect, test } from "vitest";
import { summarizeContrast } from "./summary.ts";

const of = (...found: number[]) =>
  summarizeContrast(
    { name: "strong", change: 80 },
    found.map((count, i) => ({ size: i + 1, trials: 40, rejected: count, located: 40, found: count })),
  );

test("the size is the smallest from which on nine in ten are found: an early luck does not count", () => {
  expect(of(0, 38, 20, 36, 40)).toMatchObject({ smallest: 4, atLeast: 4, atMost: 5 });
});

test("its interval is what the number of trials allows", () => {
  const { sizes, ...sure } = of(0, 34, 37, 40, 40);
  expect(sure).toMatchObject({ smallest: 3, atLeast: 2, atMost: 4 });
  expect(sizes[1]!.interval.high).toBeGreaterThan(0.9);
  expect(sizes[2]!.interval.low).toBeLessThan(0.9);
});

test("without such a size there is none", () => {
  const { smallest, atMost } = of(0, 10, 20);
  expect([smallest, atMost]).toEqual([undefined, undefined]);
});

test("each size is judged by the spots that were planted of it", () => {
  const counts = { trials: 20, rejected: 18, located: 20, found: 18 };
  const { smallest, sizes } = summarizeContrast({ name: "strong", change: 80 }, [{ size: 1, ...counts }]);
  expect(smallest).toBe(1);
  expect(sizes[0]!.interval.high).toBeGreaterThan(0.97);
});
