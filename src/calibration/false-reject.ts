import { countAtLeast } from "./conformal.ts";
import { betaInterval } from "./realised-rate.ts";

/** What a threshold means for good images, from the scores of good images that training did not see. */
export interface FalseReject {
  /** The share of good images that the threshold calls defective, in the mean over all calibrations: at most this. */
  readonly promised: number;
  /** Where the share of this one calibration lies with 95 % confidence. */
  readonly interval: readonly [low: number, high: number];
}

/**
 * With m of n good scores at or above the threshold, a new good image is called defective with probability (m + 1) / (n + 1) at most (conformal
 * prediction), and the share over many new images follows Beta(m + 1, n - m).
 */
export function falseRejectAt(ascending: readonly number[], threshold: number): FalseReject {
  const count = ascending.length;
  const above = countAtLeast(ascending, threshold);
  return { promised: (above + 1) / (count + 1), interval: betaInterval(above + 1, count - above) };
}

/** The fewest good images with which `rate` can be promised: the n of 1 / (n + 1) <= rate. */
export function goodImagesNeeded(rate: number): number {
  return Math.ceil(1 / rate - 1 - 1e-9);
}
