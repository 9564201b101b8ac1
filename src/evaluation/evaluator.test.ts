import { describe, expect, test } from "vitest";
import { type Evaluation, Evaluator } from "./index.ts";
import { auroc } from "./roc.ts";

const row = (...values: number[]) => ({ width: values.length, height: 1, data: Float32Array.from(values) });
const marks = (...values: number[]) => ({ width: values.length, height: 1, data: Uint8Array.from(values) });

function evaluate(imageThreshold?: number, reviewThreshold?: number): Evaluation {
  const evaluator = new Evaluator({ imageThreshold, reviewThreshold });
  evaluator.add({ name: "a", type: "good", score: 1, seconds: 0.5, map: row(0, 1, 0, Number.NaN) });
  evaluator.add({ name: "b", type: "good", score: 3, map: row(0, 0, 3, 0) });
  evaluator.add({ name: "c", type: "hole", score: 2, map: row(0, 2, 0, 0), mask: marks(0, 1, 0, 0) });
  evaluator.add({ name: "d", type: "crack", score: 9, map: row(9, 9, 1, 0), mask: marks(1, 1, 0, 0) });
  evaluator.add({ name: "e", type: "crack", score: 8, map: row(8, 8, 8, 8) });
  return evaluator.finish();
}

describe("Evaluator", () => {
  test("counts, judges and measures every type", () => {
    const { counts, image, types, atThreshold, samples } = evaluate(2.5);
    expect(counts).toEqual({ good: 2, defect: 3 });
    expect(image.auroc).toBeCloseTo(5 / 6, 12);
    expect(image.f1Max).toEqual({ value: 6 / 7, threshold: 2 });
    expect(atThreshold).toEqual({
      threshold: 2.5,
      falseRejects: 1,
      goodCount: 2,
      detected: 2,
      defectCount: 3,
    });
    expect(types).toEqual([
      {
        type: "crack",
        count: 2,
        imageAuroc: 1,
        pixelAuroc: auroc([0, 1, 0, 0, 0, 3, 0, 9, 9, 1, 0], [0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0]),
        detected: 2,
        missed: 0,
      },
      {
        type: "hole",
        count: 1,
        imageAuroc: 0.5,
        pixelAuroc: auroc([0, 1, 0, 0, 0, 3, 0, 0, 2, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]),
        detected: 0,
        missed: 1,
      },
    ]);
    expect(samples[0]).toEqual({ name: "a", type: "good", score: 1, seconds: 0.5 });
  });

  test("counts what is for review, which is neither found nor missed", () => {
    const { types, atThreshold } = evaluate(8.5, 2);
    expect(atThreshold).toMatchObject({ falseRejects: 0, detected: 1 });
    expect(atThreshold!.review).toEqual({ threshold: 2, good: 1, defect: 2 });
    expect(types).toMatchObject([
      { type: "crack", detected: 1, review: 1, missed: 0 },
      { type: "hole", detected: 0, review: 1, missed: 0 },
    ]);
    // No verdict at all without an image threshold, and none for review above it.
    expect(evaluate(undefined, 2).atThreshold).toBeUndefined();
    expect(evaluate(2, 3).atThreshold!.review).toMatchObject({ good: 0, defect: 0 });
  });

  test("pools the pixels of good images and of defect images with masks", () => {
    const { pixel } = evaluate();
    expect(pixel).toMatchObject({
      images: 4,
      defectImages: 2,
      withoutMask: 1,
      regions: 2,
      notInspectedShare: 1 / 16,
      notInspectedDefectShare: 0,
      notInspectedRegions: 0,
    });
    expect(pixel?.auroc).toBeCloseTo((12 + 12 + 11) / 36, 12);
    expect(pixel?.aupro).toBeGreaterThan(0.8);
    // The crack is found whole before the first of 12 good pixels, the hole after it.
    expect(pixel?.aupro5).toBe(0.5);
    expect(pixel?.aupimo).toBeUndefined();
  });

  test("says how much of each defect is found at very few false positives, where there are enough good pixels", () => {
    const size = { width: 400, height: 250 };
    const map = (...values: number[]) => {
      const data = new Float32Array(size.width * size.height);
      data.set(values);
      return { ...size, data };
    };
    const mask = { ...size, data: Uint8Array.from(map(1, 1, 1, 1).data) };
    const evaluator = new Evaluator();
    evaluator.add({ name: "found", type: "hole", score: 3, map: map(3, 3, 3, 3, 9), mask });
    evaluator.add({ name: "a", type: "good", score: 2, map: map(...new Array(20).fill(2)) });
    evaluator.add({ name: "half", type: "hole", score: 3, map: map(3, 3, 1, 1), mask });
    evaluator.add({
      name: "unseen",
      type: "hole",
      score: 3,
      map: map(...new Array(4).fill(Number.NaN)),
      mask,
    });
    evaluator.add({ name: "no mask", type: "hole", score: 3, map: map(3) });
    const { pixel, samples } = evaluator.finish();
    const each = Object.fromEntries(samples.map(({ name, aupimo }) => [name, aupimo]));
    expect(each).toEqual({ found: 1, half: 0.5 });
    expect(pixel?.aupimo).toBe(0.75);
  });

  test("survives JSON", () => {
    const evaluation = evaluate(2.5);
    expect(JSON.parse(JSON.stringify(evaluation))).toEqual(evaluation);
  });

  test("leaves out what cannot be measured", () => {
    const evaluator = new Evaluator();
    evaluator.add({ name: "a", type: "good", score: 1, map: row(0, 1) });
    evaluator.add({ name: "b", type: "good", score: 2 });
    const { counts, image, pixel, types, atThreshold } = evaluator.finish();
    expect(counts).toEqual({ good: 2, defect: 0 });
    expect(image.auroc).toBeUndefined();
    expect([pixel, atThreshold, types]).toEqual([undefined, undefined, []]);
    expect(new Evaluator().finish().counts).toEqual({ good: 0, defect: 0 });
  });

  test.each([
    ["RSAD_MASK_INVALID", { type: "hole", map: row(1, 2), mask: marks(1) }],
    ["RSAD_MASK_INVALID", { type: "good", map: row(1, 2), mask: marks(0, 1) }],
    ["RSAD_ARGUMENT_INVALID", { type: "hole", mask: marks(1) }],
  ])("refuses what does not fit: %s", (code, sample) => {
    expect(() => new Evaluator().add({ name: "x", score: 1, ...sample })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  test("refuses a score or a threshold that is no finite number", () => {
    const invalid = expect.objectContaining({ code: "RSAD_ARGUMENT_INVALID" });
    const evaluator = new Evaluator();
    evaluator.add({ name: "x", type: "good", score: Number.NaN });
    expect(() => evaluator.finish()).toThrow(invalid);
    expect(() => new Evaluator({ imageThreshold: Infinity }).finish()).toThrow(invalid);
  });
});
