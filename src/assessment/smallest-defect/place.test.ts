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
    const { x, y } = drawPlace(new Random(seed), half, 8, 1);
    expect(x).toBeGreaterThanOrEqual(14);
    expect(x).toBeLessThanOrEqual(27);
    expect(y).toBeGreaterThanOrEqual(4);
    expect(y).toBeLessThanOrEqual(26);
  }
});

test("is given where there is no such place, too", () => {
  const { x, y } = drawPlace(
    new Random(0),
    map(() => 9),
    8,
    1,
  );
  expect([x >= 4 && x <= 36, y >= 4 && y <= 26]).toEqual([true, true]);
});
