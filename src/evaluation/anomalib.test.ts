import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ImageOverlapStatistics, PixelStatistics, RegionStatistics } from "./index.ts";

interface Golden {
  noise: {
    width: number;
    height: number;
    /** Rectangles for each image: x, y, width, height. */
    defects: [number, number, number, number][][];
    auroc: number;
    aupr: number;
    f1Max: number;
    aupro: Record<string, number>;
  };
  ranks: {
    width: number;
    height: number;
    good: number;
    factor: number;
    offset: number;
    defects: { side: number; first: number; step: number; span: number }[];
    aupimos: number[];
  };
}

const golden: Golden = JSON.parse(readFileSync(new URL("anomalib.golden.json", import.meta.url), "utf8"));

/** The golden script describes these maps. */
function noiseMaps({ width, height, defects }: Golden["noise"]) {
  return defects.map((rectangles, image) => {
    const mask = new Uint8Array(width * height);
    for (const [left, top, across, down] of rectangles) {
      for (let y = top; y < top + down; y++) mask.fill(1, y * width + left, y * width + left + across);
    }
    let state = image + 1;
    const map = Float32Array.from(mask, (inside) => {
      state = (state * 48271) % 2147483647;
      const u = state / 2147483647;
      return inside ? 0.3 + 0.7 * u : u * u;
    });
    return { map, mask };
  });
}

describe("maps that a formula gives", () => {
  const pixels = new PixelStatistics();
  const regions = new RegionStatistics();
  for (const { map, mask } of noiseMaps(golden.noise)) {
    pixels.add(map, mask);
    regions.add(map, mask, golden.noise.width);
  }

  test("are measured as by scikit-learn", () => {
    expect(pixels.auroc()).toBeCloseTo(golden.noise.auroc, 12);
    expect(pixels.aupr()).toBeCloseTo(golden.noise.aupr, 12);
    expect(pixels.f1Max()!.value).toBeCloseTo(golden.noise.f1Max, 12);
  });

  test.each(Object.entries(golden.noise.aupro))(
    "have anomalib's AUPRO to %s, a float32",
    (limit, expected) => {
      expect(regions.regions).toBe(4);
      expect(Math.abs(regions.aupro(pixels, Number(limit))! - expected)).toBeLessThan(1e-6);
    },
  );
});

test("images have anomalib's AUPIMO where its thresholds meet every value", () => {
  const { width, height, good, factor, offset, defects, aupimos } = golden.ranks;
  const pixels = width * height * good;
  const overlaps = new ImageOverlapStatistics();
  for (let image = 0; image < good; image++) {
    const map = Float32Array.from({ length: width * height }, (_, i) => {
      return Math.max(0, (((image * width * height + i) * factor) % pixels) - offset);
    });
    overlaps.addGood(map);
  }
  for (const { side, first, step, span } of defects) {
    const map = new Float32Array(width * height);
    const mask = new Uint8Array(width * height);
    for (let j = 0; j < side * side; j++) {
      const pixel = Math.floor(j / side) * width + (j % side);
      map[pixel] = first + ((j * step) % span);
      mask[pixel] = 1;
    }
    overlaps.addDefect(map, mask);
  }
  const measured = overlaps.aupimos();
  expect(measured.length).toBe(aupimos.length);
  for (const [i, value] of measured.entries()) expect(value).toBeCloseTo(aupimos[i]!, 10);
});
