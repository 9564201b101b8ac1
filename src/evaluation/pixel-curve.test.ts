import fc from "fast-check";
import { expect, test } from "vitest";
import { Random } from "../random.ts";
import { PixelStatistics } from "./pixel-curve.ts";
import { aupr, auroc, f1Max } from "./roc.ts";

const value = fc.oneof(
  fc.float({ noNaN: true }),
  fc.constantFrom(0, -0, 1, -1, Number.NaN, Infinity, -Infinity),
);
const images = fc.array(fc.array(fc.tuple(value, fc.constantFrom(0, 1)), { maxLength: 30 }), {
  maxLength: 4,
});

test("equals the image-level metrics on the pooled, inspected pixels, to the last bit of a value", () => {
  fc.assert(
    fc.property(images, (list) => {
      const pixels = new PixelStatistics();
      for (const image of list) {
        pixels.add(
          Float32Array.from(image, (pixel) => pixel[0]),
          Uint8Array.from(image, (pixel) => 255 * pixel[1]),
        );
      }
      const pooled = list.flat();
      const inspected = pooled.filter(([score]) => !Number.isNaN(score));
      const scores = inspected.map(([score]) => score);
      const labels = inspected.map(([, label]) => label);
      expect(pixels.auroc()).toBe(auroc(scores, labels));
      expect(pixels.aupr()).toBe(aupr(scores, labels));
      const best = f1Max(scores, labels);
      expect(pixels.f1Max()?.value).toBe(best?.value);
      expect(pixels.f1Max()?.threshold === best?.threshold).toBe(true);
      expect(pixels.notInspected).toBe(pooled.length - inspected.length);
      expect(pixels.notInspectedDefect).toBe(pooled.filter(([s, l]) => Number.isNaN(s) && l === 1).length);
      expect(pixels.defect).toBe(labels.filter((label) => label === 1).length);
      expect(pixels.good).toBe(labels.filter((label) => label === 0).length);
    }),
  );
});

test("many values, added after a first reading", () => {
  const random = new Random(1);
  const scores = Float32Array.from({ length: 60_000 }, () => Math.fround(random.normal()));
  const mask = Uint8Array.from(scores, (score) => (random.normal() + score > 1 ? 1 : 0));
  const pixels = new PixelStatistics();
  pixels.add(scores.subarray(0, 20_000), mask.subarray(0, 20_000));
  expect(pixels.auroc()).toBeCloseTo(auroc(scores.slice(0, 20_000), mask.slice(0, 20_000))!, 6);
  pixels.add(scores.subarray(20_000), mask.subarray(20_000));
  expect(pixels.auroc()).toBeCloseTo(auroc(scores, mask)!, 6);
  expect(pixels.aupr()).toBeCloseTo(aupr(scores, mask)!, 5);
});

test("a pool holds the pixels of its parts", () => {
  const one = new PixelStatistics();
  one.add(Float32Array.of(1, 2, Number.NaN));
  const other = new PixelStatistics();
  other.add(Float32Array.of(2, 3, Number.NaN), Uint8Array.of(1, 1, 1));
  const pool = new PixelStatistics([one, other]);
  expect(one.auroc()).toBeUndefined();
  expect(pool.auroc()).toBe(auroc([1, 2, 2, 3], [0, 0, 1, 1]));
  expect([pool.good, pool.defect, pool.notInspected, pool.notInspectedDefect]).toEqual([2, 2, 2, 1]);
});

test("refuses a mask of another length", () => {
  expect(() => new PixelStatistics().add(new Float32Array(4), new Uint8Array(3))).toThrow(
    expect.objectContaining({ code: "RSAD_MASK_INVALID" }),
  );
});
