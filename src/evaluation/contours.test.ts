import fc from "fast-check";
import { expect, test } from "vitest";
import { connectedRegions } from "./components.ts";
import { type Contour, type Corner, regionContours } from "./contours.ts";

function contoursOf(picture: readonly string[]): Contour[] {
  const width = picture[0]!.length;
  const mask = Uint8Array.from(picture.join(""), (sign) => (sign === "#" ? 1 : 0));
  return regionContours(connectedRegions(mask, width), width);
}

/** Pixels whose centre lies in an odd number of rings. */
function fill(rings: readonly (readonly Corner[])[], width: number, height: number): number[] {
  return Array.from({ length: width * height }, (_, pixel) => {
    const [x, y] = [(pixel % width) + 0.5, Math.floor(pixel / width) + 0.5];
    let crossings = 0;
    for (const ring of rings) {
      for (const [i, [x0, y0]] of ring.entries()) {
        const [x1, y1] = ring[(i + 1) % ring.length]!;
        if (x0 === x1 && x0 > x && Math.min(y0, y1) < y && y < Math.max(y0, y1)) crossings++;
      }
    }
    return crossings % 2;
  });
}

/** Twice the area that a ring surrounds, positive for a clockwise one. */
function signedArea(ring: readonly Corner[]): number {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
}

/** From the smallest corner on, so that rings compare equal wherever they begin. */
function turned(ring: readonly Corner[]): Corner[] {
  const first = ring.reduce((least, [x, y], i) => {
    const [leastX, leastY] = ring[least]!;
    return y < leastY || (y === leastY && x < leastX) ? i : least;
  }, 0);
  return [...ring.slice(first), ...ring.slice(0, first)];
}

test("a rectangle has four corners, clockwise", () => {
  const [contour] = contoursOf(["....", ".##.", ".##.", ".##."]);
  // biome-ignore format: a ring
  expect(turned(contour!.outer)).toEqual([[1, 1], [3, 1], [3, 4], [1, 4]]);
  expect(contour!.holes).toEqual([]);
});

test("pixels that touch by a corner are one ring, which passes the corner twice", () => {
  const [contour, ...others] = contoursOf(["#.", ".#"]);
  expect(others).toEqual([]);
  // biome-ignore format: a ring
  expect(turned(contour!.outer)).toEqual([[0, 0], [1, 0], [1, 1], [2, 1], [2, 2], [1, 2], [1, 1], [0, 1]]);
});

test("a hole is a ring of its own, and a region in a hole another region", () => {
  const [ring, dot] = contoursOf(["#####", "#...#", "#.#.#", "#...#", "#####"]);
  expect(signedArea(ring!.outer)).toBe(50);
  expect(ring!.holes.map(signedArea)).toEqual([-18]);
  // biome-ignore format: a ring
  expect(turned(dot!.outer)).toEqual([[2, 2], [3, 2], [3, 3], [2, 3]]);
});

const masks = fc
  .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain(({ width, height }) =>
    fc.record({
      width: fc.constant(width),
      mask: fc.uint8Array({ min: 0, max: 1, minLength: width * height, maxLength: width * height }),
    }),
  );

test("filled, the outline less the holes is the region's pixels, and no corner could be spared", () => {
  fc.assert(
    fc.property(masks, ({ width, mask }) => {
      const regions = connectedRegions(mask, width);
      const height = mask.length / width;
      const contours = regionContours(regions, width);
      expect(contours).toHaveLength(regions.sizes.length);
      for (const [i, { outer, holes }] of contours.entries()) {
        const own = Array.from(regions.labels, (label) => (label === i + 1 ? 1 : 0));
        expect(fill([outer, ...holes], width, height)).toEqual(own);
        // Each ring alone goes round in its own sense.
        expect(signedArea(outer)).toBeGreaterThan(0);
        for (const hole of holes) expect(signedArea(hole)).toBeLessThan(0);
        const areas = [outer, ...holes].map(signedArea).reduce((sum, area) => sum + area, 0);
        expect(areas).toBe(2 * regions.sizes[i]!);
        for (const ring of [outer, ...holes]) {
          for (const [at, [x, y]] of ring.entries()) {
            const [before, after] = [ring.at(at - 1)!, ring[(at + 1) % ring.length]!];
            expect([before[0] === x, before[1] === y]).toEqual([after[1] === y, after[0] === x]);
          }
        }
      }
    }),
    { numRuns: 400 },
  );
});
