import { expect, test } from "vitest";
import { Random } from "../random.ts";
import { perlinMask } from "./perlin-mask.ts";

const SIDE = 24;
const masks = (threshold: number) =>
  Array.from({ length: 60 }, (_, i) => perlinMask(new Random(i), SIDE, SIDE, threshold));
const area = (mask: Uint8Array) => mask.reduce((sum, value) => sum + value, 0) / mask.length;

test("covers part of the grid with zeros and ones", () => {
  for (const mask of masks(0.2)) {
    expect(mask).toHaveLength(SIDE * SIDE);
    for (const value of mask) expect([0, 1]).toContain(value);
  }
  const areas = masks(0.2).map(area);
  expect(areas.filter((share) => share > 0 && share < 1).length).toBeGreaterThan(50);
  const mean = areas.reduce((sum, share) => sum + share, 0) / areas.length;
  expect(mean).toBeGreaterThan(0.1);
  expect(mean).toBeLessThan(0.5);
});

test("a higher threshold never covers more, and 1 nothing", () => {
  const [low, high] = [masks(0.1), masks(0.4)];
  for (const [i, mask] of high.entries()) {
    for (const [at, value] of mask.entries()) if (value === 1) expect(low[i]![at]).toBe(1);
  }
  for (const mask of masks(1)) expect(area(mask)).toBe(0);
});

test("is made of blobs: neighbours agree far more often than by chance", () => {
  let [same, pairs] = [0, 0];
  for (const mask of masks(0.2)) {
    const share = area(mask);
    const chance = share ** 2 + (1 - share) ** 2;
    for (let y = 0; y < SIDE; y++) {
      for (let x = 1; x < SIDE; x++) {
        same += (mask[y * SIDE + x] === mask[y * SIDE + x - 1] ? 1 : 0) - chance;
        pairs += 1 - chance;
      }
    }
  }
  expect(same / pairs).toBeGreaterThan(0.3);
});

test("the same stream gives the same mask, on a grid of any shape", () => {
  const draw = () => perlinMask(new Random(3, "mask"), 5, 17, 0.1);
  expect(draw()).toEqual(draw());
  expect(draw()).toHaveLength(85);
});
