import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RegionStatistics } from "./aupro.ts";
import { connectedRegions } from "./components.ts";
import { PixelStatistics } from "./pixel-curve.ts";
import { slowAupro, slowRegions } from "./testing/oracles.ts";

interface Case {
  width: number;
  images: { map: number[]; mask: number[] }[];
}

/** Few values for ties, neighbouring floats, any float, and pixels that were not inspected. */
const value = fc.oneof(
  fc.integer({ min: 0, max: 6 }),
  fc.integer({ min: 0, max: 3 }).map((steps) => 1 + steps * 2 ** -23),
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.constant(Number.NaN),
);

const cases: fc.Arbitrary<Case> = fc
  .record({ width: fc.integer({ min: 1, max: 5 }), height: fc.integer({ min: 1, max: 5 }) })
  .chain(({ width, height }) => {
    const size = { minLength: width * height, maxLength: width * height };
    const image = fc.record({
      map: fc.array(value, size),
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

describe("AUPRO", () => {
  test("equals its definition, counted out at every threshold", () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(0.05, 0.3, 1), (one, limit) => {
        const expected = slowAupro(one.width, one.images, limit);
        const { aupro } = measure(one, limit);
        if (expected === undefined) expect(aupro).toBeUndefined();
        else expect(aupro).toBeCloseTo(expected, 10);
      }),
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

  test("of a perfect map is exactly 1", () => {
    const mask = Array.from({ length: 49 * 5 }, (_, i) => (i % 49 < 47 ? 1 : 0));
    expect(measure({ width: 49, images: [{ map: mask, mask }] }).aupro).toBe(1);
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
