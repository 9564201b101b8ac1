import { describe, expect, test } from "vitest";
import type { Thresholds } from "../model/index.ts";
import { driftSince, firstScoresOf } from "./drift.ts";

const from = (start: number, count: number) => Array.from({ length: count }, (_, i) => start + i);
const calibrated = (scores: readonly number[], firstScores?: readonly number[]): Thresholds => ({
  image: 100,
  pixel: 100,
  rule: "of a test",
  count: scores.length,
  scores,
  ...(firstScores && { firstScores }),
});

describe("the first calibration", () => {
  test("is what scores are held against", () => {
    expect(firstScoresOf(calibrated([1, 2], [3]))).toEqual([3]);
    const drift = driftSince(calibrated(from(0, 10)), from(100, 10));
    expect(drift).toMatchObject({ hasDrifted: true, canTell: true });
    expect(drift.first).toMatchObject({
      statistic: 1,
      medians: { earlier: 4.5, today: 104.5 },
      counts: { earlier: 10, today: 10 },
    });
    expect(drift.latest).toBeUndefined();
    expect(driftSince(calibrated(from(0, 10)), from(0, 10))).toMatchObject({
      hasDrifted: false,
      canTell: true,
    });
  });

  test("stays it: scores that climb a little at a time have drifted from there, though not from the latest", () => {
    const { first, latest, hasDrifted } = driftSince(calibrated(from(8, 11), from(0, 10)), from(10, 10));
    expect([first.pValue < 0.005, latest!.pValue > 0.5, hasDrifted]).toEqual([true, true, true]);
  });
});

describe("too few images", () => {
  test("can tell of no drift, however far apart they are", () => {
    const { first, ...flags } = driftSince(calibrated(from(0, 4)), from(1000, 5));
    expect(first.statistic).toBe(1);
    expect(first.pValue).toBeCloseTo(2 / 126, 12);
    expect(flags).toEqual({ hasDrifted: false, canTell: false });
    expect(driftSince(calibrated(from(0, 4)), from(1000, 6))).toMatchObject({
      hasDrifted: true,
      canTell: true,
    });
  });

  test("at first tell nothing, but those of a larger calibration since do", () => {
    const drift = driftSince(calibrated(from(0, 60), from(0, 4)), from(1000, 4));
    expect(drift.latest).toMatchObject({ counts: { earlier: 60, today: 4 }, medians: { earlier: 29.5 } });
    expect(drift).toMatchObject({ hasDrifted: true, canTell: true });
    expect(driftSince(calibrated(from(0, 4), from(0, 4)), from(9, 4)).latest).toBeUndefined();
  });
});

test("of two comparisons each may raise half as many false alarms", () => {
  // 2 / 210 is below 0.01, but not below half of it.
  const today = from(1000, 6);
  expect(driftSince(calibrated(from(0, 4)), today).hasDrifted).toBe(true);
  const both = driftSince(calibrated(from(1000, 6), from(0, 4)), today);
  expect(both.first.pValue).toBeCloseTo(2 / 210, 12);
  expect(both).toMatchObject({ hasDrifted: false, canTell: true });
});
