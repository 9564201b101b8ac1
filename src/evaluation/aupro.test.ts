import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RegionStatistics } from "./aupro.ts";
import { connectedRegions } from "./components.ts";
import { PixelStatistics } from "./pixel-curve.ts";

interface Case {
  width: number;
  images: { map: number[]; mask: number[] }[];
}

const cases: fc.Arbitrary<Case> = fc
  .record({ width: fc.integer({ min: 1, max: 5 }), height: fc.integer({ min: 1, max: 5 }) })
  .chain(({ width, height }) => {
    const size = { minLength: width * height, maxLength: width * height };
    const image = fc.record({
      map: fc.array(fc.integer({ min: 0, max: 6 }), size),
      mask: fc.array(fc.constantFrom(0, 0, 1), size),
    });
    return fc.record({ width: fc.constant(width), images: fc.array(image, { minLength: 1, maxLength: 3 }) });
  });

function measure({ width, images }: Case, limit?: number) {
  const pixels = new PixelStatistics();
  const regions = new RegionStatistics();
  for (const { map, mask } of images) {
    pixels.add(Float32Array.from(map), Uint8Array.from(mask));
    regions.add(Float32Array.from(map), Uint8Array.from(mask), width);
  }
  return { aupro: regions.aupro(pixels, limit), regions };
}

/** Grows a region from each pixel by repeated search; returns lists of pixels. */
function slowRegions(mask: number[], width: number): number[][] {
  const left = new Set(mask.flatMap((value, i) => (value ? [i] : [])));
  const regions: number[][] = [];
  while (left.size > 0) {
    const region = [Math.min(...left)];
    left.delete(region[0]!);
    for (const pixel of region) {
      for (const other of [...left]) {
        const dx = Math.abs((other % width) - (pixel % width));
        const dy = Math.abs(Math.floor(other / width) - Math.floor(pixel / width));
        if (dx <= 1 && dy <= 1) {
          region.push(other);
          left.delete(other);
        }
      }
    }
    regions.push(region);
  }
  return regions;
}

/** One point for every threshold, then many thin slices of the straight lines between them. */
function slowAupro({ width, images }: Case, limit: number): number | undefined {
  const regions = images.flatMap(({ map, mask }) =>
    slowRegions(mask, width).map((pixels) => pixels.map((pixel) => map[pixel]!)),
  );
  const good = images.flatMap(({ map, mask }) => map.filter((_, i) => mask[i] === 0));
  if (regions.length === 0 || good.length === 0) return undefined;
  const points = [{ x: 0, y: 0 }];
  for (let threshold = 6; threshold >= 0; threshold--) {
    const found = (values: number[]) => values.filter((value) => value >= threshold).length / values.length;
    const y = regions.reduce((sum, region) => sum + found(region), 0) / regions.length;
    points.push({ x: found(good), y });
  }
  const slices = 20_000;
  let sum = 0;
  for (let slice = 0; slice < slices; slice++) {
    const x = (limit * (slice + 0.5)) / slices;
    const next = points.findIndex((point) => point.x > x);
    const [a, b] = [points[next - 1]!, points[next]!];
    sum += a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x);
  }
  return sum / slices;
}

describe("AUPRO", () => {
  test("equals a brute-force integration", () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(0.05, 0.3, 1), (one, limit) => {
        const expected = slowAupro(one, limit);
        const { aupro } = measure(one, limit);
        if (expected === undefined) expect(aupro).toBeUndefined();
        else expect(Math.abs(aupro! - expected)).toBeLessThan(2e-4);
      }),
      { numRuns: 60 },
    );
  });

  test("weighs a small region as much as a large one", () => {
    const map = [9, 0, 0, 1, 1, 1, 1, 0];
    const mask = [1, 0, 0, 0, 1, 1, 1, 0];
    // The small region is found before any good pixel, the large one together with one of the four good pixels.
    const { aupro } = measure({ width: 8, images: [{ map, mask }] }, 0.25);
    expect(aupro).toBeCloseTo((0.5 + 1) / 2, 12);
  });

  test("leaves out pixels that were not inspected and counts lost regions", () => {
    const seen = { map: [9, 0, 0, 0, 1], mask: [1, 0, 0, 0, 0] };
    const partly = { map: [Number.NaN, 9, 0, 0, 0, 1], mask: [1, 1, 0, 0, 0, 0] };
    expect(measure({ width: 6, images: [partly] }).aupro).toBe(measure({ width: 5, images: [seen] }).aupro);
    const lost = measure({ width: 3, images: [{ map: [Number.NaN, 0, 1], mask: [1, 0, 0] }] });
    expect(lost.aupro).toBeUndefined();
    expect([lost.regions.regions, lost.regions.notInspected]).toEqual([0, 1]);
  });

  test("refuses a limit outside (0, 1]", () => {
    const one = { width: 2, images: [{ map: [1, 0], mask: [1, 0] }] };
    for (const limit of [0, -1, 1.1, Number.NaN]) {
      expect(() => measure(one, limit)).toThrow(expect.objectContaining({ code: "RSAD_ARGUMENT_INVALID" }));
    }
  });
});

test("regions touch by edges and corners, never across the image's border", () => {
  fc.assert(
    fc.property(cases, ({ width, images }) => {
      const mask = images[0]!.mask;
      const expected = slowRegions(mask, width);
      const { labels, sizes } = connectedRegions(Uint8Array.from(mask), width);
      expect(sizes).toEqual(expected.map((region) => region.length));
      expected.forEach((region, i) => {
        for (const pixel of region) expect(labels[pixel]).toBe(i + 1);
      });
    }),
  );
});
