import { countAtLeast } from "./conformal.ts";

/**
 * The highest threshold that a new defective image misses, by scoring below it, with probability `rate` at most: conformal prediction over the
 * scores of defective images, the k-th smallest with k = floor((n + 1) rate). Undefined where there are too few (k = 0). Defects of other kinds than
 * these are promised nothing.
 */
export function missThreshold(ascendingDefects: readonly number[], rate: number): number | undefined {
  return ascendingDefects[Math.floor((ascendingDefects.length + 1) * rate + 1e-9) - 1];
}

/** The threshold with the highest F1 score of defective against good scores, the lower one of equals; it lies at a defective image's score. */
export function bestF1Threshold(
  ascendingGood: readonly number[],
  ascendingDefects: readonly number[],
): { threshold: number; f1: number } {
  let best = { threshold: Number.NaN, f1: -1 };
  const count = ascendingDefects.length;
  for (const [missed, threshold] of ascendingDefects.entries()) {
    if (threshold === ascendingDefects[missed - 1]) continue;
    const found = count - missed;
    const f1 = (2 * found) / (2 * found + missed + countAtLeast(ascendingGood, threshold));
    if (f1 > best.f1) best = { threshold, f1 };
  }
  return best;
}
