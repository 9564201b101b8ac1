import { expect, test } from "vitest";
import { counted, duration, percent, score } from "./format.ts";

test("a share reads 100 % only if it is 1", () => {
  expect(percent(1)).toBe("100.00 %");
  expect(percent(0.999999)).toBe("99.99 %");
  expect(percent(0.98765)).toBe("98.77 %");
  expect(percent(undefined)).toBe("–");
});

test("scores, counts and durations", () => {
  expect(score(-1.23456)).toBe("−1.235");
  expect(counted(1, "image")).toBe("1 image");
  expect(counted(0, "image")).toBe("0 images");
  expect([0.0351, 12.34, 59.99, 83, 3725].map(duration)).toEqual([
    "35.1 ms",
    "12.3 s",
    "60.0 s",
    "1 min 23 s",
    "1 h 2 min",
  ]);
});
