import { expect, test } from "vitest";
import { Random } from "../../random.ts";
import { drawPlace } from "./place.ts";

const map = (value: (x: number, y: number) => number) => ({
  width: 40,
  height: 30,
  data: Float32Array.from({ length: 1200 }, (_, i) => value(i % 40, Math.floor(i / 40))),
});

test("lies with the whole spot in what is inspected and not marked", () => {
  const half = map((x) => (x < 10 ? Number.NaN : x > 30 ? 5 : 0));
  for (let seed = 0; seed < 50; seed++) {
    const { x, y } = drawPlace(new Random(seed), half, 8, 1)!;
    expect(x).toBeGreaterThanOrEqual(14);
    expect(x).toBeLessThanOrEqual(27);
    expect(y).toBeGreaterThanOrEqual(4);
    expect(y).toBeLessThanOrEqual(26);
  }
});

test("is found in a region that the spot fits exactly, and there is none in a narrower one", () => {
  const region = (left: number, right: number) =>
    map((x, y) => (x >= left && x < right && y >= 7 && y < 27 ? 0 : Number.NaN));
  for (let seed = 0; seed < 50; seed++) {
    expect(drawPlace(new Random(seed), region(11, 31), 20, 1)).toEqual({ x: 21, y: 17 });
    expect(drawPlace(new Random(seed), region(12, 31), 20, 1)).toBeUndefined();
    expect(drawPlace(new Random(seed), region(11, 30), 20, 1)).toBeUndefined();
  }
});

test("is not given where all is marked, nor in an image smaller than the spot", () => {
  expect(
    drawPlace(
      new Random(0),
      map(() => 9),
      8,
      1,
    ),
  ).toBeUndefined();
  expect(
    drawPlace(
      new Random(0),
      map(() => 0),
      31,
      1,
    ),
  ).toBeUndefined();
});
