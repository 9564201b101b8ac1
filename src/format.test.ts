import { expect, test } from "vitest";
import { counted, duration, percent, percentage, range, rounded } from "./format.ts";

test("a share reads 100 % only if it is 1", () => {
  expect(percent(1)).toBe("100.00 %");
  expect(percent(0.999999)).toBe("99.99 %");
  expect(percent(0.98765)).toBe("98.77 %");
  expect(percent(undefined)).toBe("–");
  expect([1, 0.9996, 0.98765].map((share) => percentage(share, 1))).toEqual(["100.0", "99.9", "98.8"]);
});

test("scores have five digits that count; what is counted has its noun, what differs a range", () => {
  expect([3.08391, -1.234567, 0.00001234567, 8].map(rounded)).toEqual([
    "3.0839",
    "-1.2346",
    "0.000012346",
    "8",
  ]);
  expect([counted(1, "image"), counted(0, "image")]).toEqual(["1 image", "0 images"]);
  expect([range([4, 4]), range([12000, 3])]).toEqual(["4", "3 to 12,000"]);
});

test.each([
  [0, "0.0 s"],
  [0.0351, "35.1 ms"],
  [0.9994, "999 ms"],
  [0.9996, "1.0 s"],
  [9.9, "9.9 s"],
  [9.96, "10 s"],
  [99, "99 s"],
  [100, "2 min"],
  [5969, "99 min"],
  [6000, "1 h 40 min"],
  [7190, "2 h 0 min"],
])("%d seconds read %s", (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});
