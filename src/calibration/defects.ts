import { countAtLeast } from "./conformal.ts";

/**
 * The highest threshold that a new defective image misses, by scoring below it, with probability `rate` at most: conformal prediction over the
 * scores of defective images, the k-th smallest with k = floor((n + 1) rate). Undefined where there are too few (k = 0). Defects of other kinds than
 * these are promised nothing.
 */
export function missThreshold(ascendingDefects: readonly number[], rate: number): number | undefined {
  return ascendingDefects[Math.floor((ascendingDefects.length + 1) * rate + 1e-9) - 1];
}

/**
 * The threshold with the highest F1 score of defective against good scores, of equals that of the lowest. All thresholds between two neighbouring
 * scores do as well; it lies in the middle, so that a defect a little weaker than the weakest of these is found as well.
 */
export function bestF1Threshold(
  ascendingGood: readonly number[],
  ascendingDefects: readonly number[],
): { threshold: number; f1: number } {
  let best = { score: Number.NaN, f1: -1 };
  const count = ascendingDefects.length;
  for (const [missed, score] of ascendingDefects.entries()) {
    if (score === ascendingDefects[missed - 1]) continue;
    const found = count - missed;
    const f1 = (2 * found) / (2 * found + missed + countAtLeast(ascendingGood, score));
    if (f1 > best.f1) best = { score, f1 };
  }
  const { score, f1 } = best;
  const below = Math.max(nextBelow(ascendingGood, score), nextBelow(ascendingDefects, score));
  return { threshold: Number.isFinite(below) ? between(below, score) : score, f1 };
}

/** The highest of the scores below `score`; minus infinity where there is none. */
function nextBelow(ascending: readonly number[], score: number): number {
  return ascending[ascending.length - countAtLeast(ascending, score) - 1] ?? Number.NEGATIVE_INFINITY;
}

/** A float32, as models hold thresholds, above `low` and at most `high`. */
function between(low: number, high: number): number {
  const middle = Math.fround((low + high) / 2);
  return middle > low ? middle : high;
}
