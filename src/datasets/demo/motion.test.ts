import { expect, it } from "vitest";
import { smear } from "./motion.ts";
import { IMAGE_SIZE } from "./scene.ts";

const at = (x: number, y: number) => y * IMAGE_SIZE + x;

it("spreads a point evenly along its path, centred where the point was", () => {
  const source = new Float32Array(IMAGE_SIZE * IMAGE_SIZE);
  source[at(100, 50)] = 1;
  const moved = smear(source, 1, { x: 6, y: 0 });
  const row = Array.from({ length: 11 }, (_, i) => moved[at(95 + i, 50)]!);
  expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
  expect(row.reduce((sum, value, i) => sum + value * (95 + i), 0)).toBeCloseTo(100, 4);
  expect([row[0], row[10]]).toEqual([0, 0]);
  for (const value of row.slice(3, 8)) expect(value).toBeCloseTo(1 / 7, 1);
  expect(moved[at(100, 49)]).toBe(0);
});

it("moves all channels alike, along a slope too, and leaves an even image as it is up to its borders", () => {
  const even = smear(new Float32Array(IMAGE_SIZE * IMAGE_SIZE * 3).fill(0.5), 3, { x: 3, y: -4 });
  for (const value of [even[0], even[3 * at(128, 128) + 1], even.at(-1)]) expect(value).toBeCloseTo(0.5, 6);
  const source = new Float32Array(IMAGE_SIZE * IMAGE_SIZE * 3);
  source[3 * at(60, 60) + 2] = 1;
  const moved = smear(source, 3, { x: 4, y: 4 });
  expect(moved[3 * at(62, 62) + 2]).toBeGreaterThan(0.05);
  expect(moved[3 * at(58, 58) + 2]).toBeCloseTo(moved[3 * at(62, 62) + 2]!, 6);
  expect(moved[3 * at(62, 58) + 2]).toBe(0);
  expect(moved[3 * at(60, 60)]).toBe(0);
});
