import fc from "fast-check";
import { expect, test } from "vitest";
import { Random } from "../random.ts";
import { drawSpot, spotMask } from "./spot.ts";

test("a spot has the area of the circle it is as large as, to a third of a pixel along its edge, whole and around the origin", () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 4, max: 60 }), (seed, diameter) => {
      const { top, left, height, width, data } = spotMask(drawSpot(new Random(seed)), diameter);
      const area = data.reduce((sum, share) => sum + share, 0);
      expect(Math.abs(area - Math.PI * (diameter / 2) ** 2)).toBeLessThan((Math.PI * diameter) / 3);
      for (const [i, share] of data.entries()) {
        const [y, x] = [Math.floor(i / width), i % width];
        if (y === 0 || x === 0 || y === height - 1 || x === width - 1) expect(share).toBe(0);
        if (share > 0) expect(Math.hypot(top + y, left + x)).toBeLessThan(2 * diameter);
      }
    }),
  );
});

test("the smallest still covers something", () => {
  for (let seed = 0; seed < 20; seed++) {
    expect(Math.max(...spotMask(drawSpot(new Random(seed)), 1).data)).toBeGreaterThan(0.9);
  }
});
