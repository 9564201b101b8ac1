import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { aupr, auroc, f1Max, PixelStatistics, RegionStatistics } from "./index.ts";

interface Golden {
  image: { scores: number[]; labels: number[]; auroc: number; aupr: number; f1Max: number }[];
  pixel: {
    width: number;
    maps: number[][];
    masks: number[][];
    auroc: number;
    aupro03: number;
    aupro05: number;
    aupro1: number;
  };
}

const golden: Golden = JSON.parse(readFileSync(new URL("metrics.golden.json", import.meta.url), "utf8"));

describe("golden values, made as metrics.golden.json says", () => {
  test.each(golden.image)("image metrics $#", (one) => {
    expect(auroc(one.scores, one.labels)).toBeCloseTo(one.auroc, 12);
    expect(aupr(one.scores, one.labels)).toBeCloseTo(one.aupr, 12);
    expect(f1Max(one.scores, one.labels)?.value).toBeCloseTo(one.f1Max, 12);
  });

  test("pixel AUROC and AUPRO at three limits", () => {
    const { width, maps, masks, ...expected } = golden.pixel;
    const pixels = new PixelStatistics();
    const regions = new RegionStatistics();
    maps.forEach((values, image) => {
      const map = Float32Array.from(values);
      const mask = Uint8Array.from(masks[image]!);
      pixels.add(map, mask);
      regions.add(map, mask, width);
    });
    expect(pixels.auroc()).toBeCloseTo(expected.auroc, 12);
    expect(regions.regions).toBe(4);
    expect(regions.aupro(pixels)).toBeCloseTo(expected.aupro03, 12);
    expect(regions.aupro(pixels, 0.5)).toBeCloseTo(expected.aupro05, 12);
    expect(regions.aupro(pixels, 1)).toBeCloseTo(expected.aupro1, 12);
  });
});
