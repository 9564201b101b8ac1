import { expect, test } from "vitest";
import { Random } from "../random.ts";
import { drawBlob } from "./blob.ts";
import { boxAround, emptyMask, type Mask } from "./mask.ts";
import { soften } from "./soften.ts";
import { drawSpecks } from "./specks.ts";
import { drawStroke } from "./stroke.ts";

const seeds = Array.from({ length: 100 }, (_, seed) => seed);
const sum = (mask: Mask) => mask.data.reduce((total, value) => total + value, 0);

test.each([
  ["stroke", drawStroke],
  ["blob", drawBlob],
])("a %s lies in the frame and is never empty, at any size", (_, draw) => {
  for (const size of [1, 2, 9, 64, 300]) {
    for (const seed of seeds) {
      const mask = draw(new Random(seed), size);
      expect(mask.top).toBeGreaterThanOrEqual(0);
      expect(mask.left).toBeGreaterThanOrEqual(0);
      expect(mask.top + mask.height).toBeLessThanOrEqual(size);
      expect(mask.left + mask.width).toBeLessThanOrEqual(size);
      expect(sum(mask)).toBeGreaterThan(0);
    }
  }
});

test("specks are whole pixels, and too few of them are none", () => {
  const drawn = seeds.map((seed) => drawSpecks(new Random(seed), 256));
  expect(drawn).toContain(undefined);
  for (const mask of drawn.filter((specks) => specks !== undefined)) {
    expect(new Set(mask.data)).toEqual(new Set([0, 1]));
    expect(sum(mask)).toBeGreaterThanOrEqual(20);
  }
});

test("soft edges keep a shape's area, and its border with the frame", () => {
  const inner = emptyMask({ top: 20, left: 10, height: 12, width: 5 });
  inner.data.fill(1);
  const blurred = soften(inner, 64, 1.2);
  expect(sum(blurred)).toBeCloseTo(60, 0);
  expect(blurred.height).toBeGreaterThan(12);
  const partial = blurred.data.filter((value) => value > 0 && value < 1).length;
  expect(partial).toBeGreaterThan(30);

  const whole = emptyMask(boxAround(16, 0, 0, 0, 16, 16));
  whole.data.fill(1);
  for (const value of soften(whole, 16, 1.5).data) expect(value).toBeCloseTo(1, 6);
});
