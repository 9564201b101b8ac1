import { expect, test } from "vitest";
import { median } from "./median.ts";

test("is the middle value, or the mean of the middle two, in whatever order they come", () => {
  expect(median([9, 1, 10])).toBe(9);
  expect(median([10, 2, 9, 1])).toBe(5.5);
  expect(median([3])).toBe(3);
});
