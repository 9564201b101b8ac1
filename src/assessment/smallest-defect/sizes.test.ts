import { expect, test } from "vitest";
import { growingSizes } from "./sizes.ts";

test("sizes are pixels of the network's input, in the image", () => {
  expect(growingSizes([512, 512, 512], 256)).toEqual([2, 4, 6, 8, 12, 16, 24, 32, 48, 64]);
});

test("of images that are cut into tiles, in a tile", () => {
  expect(growingSizes([3000], 256, 512)).toEqual(growingSizes([512], 256));
});

test("of small images each size comes once, and none takes more than a third of the smallest", () => {
  expect(growingSizes([60, 128, 128], 256)).toEqual([1, 2, 3, 4, 6, 8, 12, 16]);
  expect(growingSizes([2], 256)).toEqual([1]);
});
