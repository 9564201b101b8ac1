import { expect, test } from "vitest";
import { meanAndDeviation } from "./mean-and-deviation.ts";

test("mean and sample standard deviation", () => {
  expect(meanAndDeviation([98, 99, 100])).toEqual({ mean: 99, deviation: 1, count: 3 });
  expect(meanAndDeviation([5])).toEqual({ mean: 5, deviation: undefined, count: 1 });
});

test.each([[[]], [[1, Number.NaN]], [[Infinity]]])("refuses %j", (values) => {
  expect(() => meanAndDeviation(values)).toThrow(expect.objectContaining({ code: "RSAD_ARGUMENT_INVALID" }));
});
