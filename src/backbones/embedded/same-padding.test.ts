import { expect, test } from "vitest";
import { samePadding } from "./same-padding.ts";

test.each([
  { size: 300, kernel: 3, stride: 2, padding: [0, 1] },
  { size: 75, kernel: 3, stride: 2, padding: [1, 1] },
  { size: 75, kernel: 3, stride: 1, padding: [1, 1] },
  { size: 75, kernel: 1, stride: 1, padding: [0, 0] },
  { size: 75, kernel: 1, stride: 2, padding: [0, 0] },
])("pads $size elements for a kernel of $kernel and a stride of $stride by $padding", (given) => {
  expect(samePadding(given.size, given.kernel, given.stride)).toEqual(given.padding);
});
