import { expect, test } from "vitest";
import { featureDeviation, REFERENCE_DEVIATION, scalingMoments } from "./scaling.ts";

const moments = { mean: Float32Array.of(1, 2, 3), deviation: Float32Array.of(3, 4, 0) };

test("the features' deviation is the root mean square of the channels'", () => {
  expect(featureDeviation(moments)).toBeCloseTo(Math.sqrt(25 / 3), 12);
});

test("none leaves features as they are", () => {
  expect(scalingMoments("none", moments, false)).toBeUndefined();
});

test("channel brings each channel to deviation 1; one that never varies stays at 0", () => {
  expect(scalingMoments("channel", moments, false)).toEqual({
    mean: moments.mean,
    deviation: Float32Array.of(3, 4, 1),
  });
});

test("global divides all channels by the root mean square of their deviations", () => {
  const { mean, deviation } = scalingMoments("global", moments, false)!;
  expect(mean).toEqual(moments.mean);
  expect(deviation).toEqual(new Float32Array(3).fill(Math.sqrt(25 / 3)));
});

test("reference brings features to the deviation of the paper's network, and leaves that network's alone", () => {
  const { mean, deviation } = scalingMoments("reference", moments, false)!;
  expect(mean).toEqual(new Float32Array(3));
  const scaled = moments.deviation.map((value, i) => value / deviation[i]!);
  expect(featureDeviation({ mean, deviation: scaled })).toBeCloseTo(REFERENCE_DEVIATION, 6);
  expect(new Set(deviation).size).toBe(1);
  expect(scalingMoments("reference", moments, true)).toBeUndefined();
});

test.each(["global", "reference"] as const)("%s follows the features' scale", (scaling) => {
  const smaller = { mean: moments.mean, deviation: moments.deviation.map((value) => value / 1024) };
  const whole = scalingMoments(scaling, moments, false)!.deviation[0]!;
  expect(scalingMoments(scaling, smaller, false)!.deviation[0]).toBe(whole / 1024);
});

test("features that never vary at all are not divided by 0", () => {
  const constant = { mean: moments.mean, deviation: new Float32Array(3) };
  for (const scaling of ["channel", "global", "reference"] as const) {
    expect(scalingMoments(scaling, constant, false)!.deviation).toEqual(new Float32Array(3).fill(1));
  }
});
