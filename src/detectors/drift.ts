import { type KolmogorovSmirnov, kolmogorovSmirnov, leastPValue, median } from "../calibration/index.ts";
import type { Thresholds } from "../model/index.ts";

/** So rarely do scores of one distribution count as drifted. */
const DRIFT_LEVEL = 0.01;

/** How far the good images' scores have moved since an earlier calibration. */
export interface ScoreShift extends KolmogorovSmirnov {
  /** Medians of the scores. */
  readonly medians: { readonly earlier: number; readonly today: number };
  readonly counts: { readonly earlier: number; readonly today: number };
}

/** Whether good images score otherwise than they did. */
export interface Drift {
  /** Since the first calibration, in most models at the end of training: what moves a little at a time is seen from there alone. */
  readonly first: ScoreShift;
  /** Since the calibration before this one; absent where that is the first or had no more images, and so could tell no better. */
  readonly latest?: ScoreShift;
  /** Whether a p-value is below 0.01, or, where there are two, below half of that. */
  readonly hasDrifted: boolean;
  /** Whether so few images can tell at all: with 4 then and 5 today no p-value is below 0.0159. */
  readonly canTell: boolean;
}

/** The scores of the first calibration of a model whose latest one is `before`. */
export function firstScoresOf(before: Thresholds): readonly number[] {
  return before.firstScores ?? before.scores;
}

/** Holds the scores of today against those of earlier calibrations, of which the latest is `before`. */
export function driftSince(before: Thresholds, today: readonly number[]): Drift {
  const first = firstScoresOf(before);
  const earlier = before.scores.length > first.length ? [first, before.scores] : [first];
  // Bonferroni: two chances of a false alarm, each half as large.
  const level = DRIFT_LEVEL / earlier.length;
  const shifts = earlier.map((scores) => shiftBetween(scores, today));
  return {
    first: shifts[0]!,
    ...(shifts[1] && { latest: shifts[1] }),
    hasDrifted: shifts.some(({ pValue }) => pValue < level),
    canTell: earlier.some(({ length }) => leastPValue(length, today.length) < level),
  };
}

function shiftBetween(earlier: readonly number[], today: readonly number[]): ScoreShift {
  return {
    ...kolmogorovSmirnov(earlier, today),
    medians: { earlier: median(earlier), today: median(today) },
    counts: { earlier: earlier.length, today: today.length },
  };
}
