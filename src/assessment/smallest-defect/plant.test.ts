import { expect, test } from "vitest";
import type { Mask } from "../../synthesis/index.ts";
import { plant } from "./plant.ts";

const mask: Mask = { top: -1, left: -1, height: 2, width: 2, data: Float32Array.from([1, 0.5, 0, 0.25]) };
const grey = (value: number) => ({ width: 4, height: 3, data: new Uint8Array(36).fill(value) });

test("makes dark places lighter and light ones darker, by as much as is covered, and nothing else", () => {
  for (const [value, change] of [
    [100, 40],
    [200, -40],
  ] as const) {
    const image = grey(value);
    const planted = plant(image, mask, 2, 1, 40);
    const first = Array.from(planted.image.data).filter((_, i) => i % 3 === 0);
    const expected = new Array(12).fill(value);
    [expected[1], expected[2], expected[6]] = [value + change, value + change / 2, value + change / 4];
    expect(first).toEqual(expected);
    expect(planted.pixels).toEqual([1, 2]);
    expect(image.data.every((one) => one === value)).toBe(true);
  }
});

test("stays within 0 to 255, and beyond the border nothing is planted", () => {
  const planted = plant(grey(127), mask, 0, 0, 200);
  expect(Array.from(planted.image.data.subarray(0, 3))).toEqual([177, 177, 177]);
  expect(planted.pixels).toEqual([0]);
  expect(Math.max(...plant(grey(120), mask, 2, 1, 200).image.data)).toBe(255);
});
