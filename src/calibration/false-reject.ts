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

/** What can be said of good images where the threshold was chosen by their very scores, so that nothing is promised. */
export interface FalseRejectSeen {
  /** Of these good images, how many the threshold calls defective. */
  readonly rejected: number;
  readonly total: number;
  /** With 95 % confidence at most this share of good images like these is called defective. */
  readonly atMost: number;
}

/**
 * A bound that holds for all thresholds at once, and so for whichever was chosen: no share is higher than the one seen by more than
 * sqrt(ln(1 / 0.05) / 2n) (Dvoretzky, Kiefer, Wolfowitz 1956, with Massart's constant, 1990).
 */
export function falseRejectSeen(ascending: readonly number[], threshold: number): FalseRejectSeen {
  const total = ascending.length;
  const rejected = countAtLeast(ascending, threshold);
  return { rejected, total, atMost: Math.min(1, rejected / total + Math.sqrt(Math.log(20) / (2 * total))) };
}

/** The fewest good images with which `rate` can be promised: the n of 1 / (n + 1) <= rate. */
export function goodImagesNeeded(rate: number): number {
  return Math.ceil(1 / rate - 1 - 1e-9);
}
