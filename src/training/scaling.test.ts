import { expect, test } from "vitest";
import { scalingMoments } from "./scaling.ts";

const moments = { mean: Float32Array.of(1, 2, 3), deviation: Float32Array.of(3, 4, 0) };

test("none leaves features as they are", () => {
  expect(scalingMoments("none", moments)).toBeUndefined();
});

test("channel brings each channel to deviation 1; one that never varies stays at 0", () => {
  expect(scalingMoments("channel", moments)).toEqual({
    mean: moments.mean,
    deviation: Float32Array.of(3, 4, 1),
  });
});

test("global divides all channels by the root mean square of their deviations", () => {
  const { mean, deviation } = scalingMoments("global", moments)!;
  expect(mean).toEqual(moments.mean);
  expect(deviation).toEqual(new Float32Array(3).fill(Math.sqrt(25 / 3)));
});

test("global follows the features' scale even where channels never vary", () => {
  const smaller = { mean: moments.mean, deviation: moments.deviation.map((value) => value / 1024) };
  expect(scalingMoments("global", smaller)!.deviation[0]).toBe(Math.fround(Math.sqrt(25 / 3)) / 1024);
});

test("features that never vary at all are not divided by 0", () => {
  const constant = { mean: moments.mean, deviation: new Float32Array(3) };
  for (const scaling of ["channel", "global"] as const) {
    expect(scalingMoments(scaling, constant)!.deviation).toEqual(Float32Array.of(1, 1, 1));
  }
});
