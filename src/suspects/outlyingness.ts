import { median } from "../calibration/index.ts";

/** Makes the median absolute deviation of normal variates their standard deviation; so does the other for the mean one. */
const FROM_MEDIAN = 1.4826;
const FROM_MEAN = 1.2533;

/** From here on Iglewicz and Hoaglin call a value a potential outlier. */
export const OUTLYING = 3.5;

export interface Spread {
  readonly median: number;
  /** A standard deviation, if the values in the middle tell what it is; 0 where all are the same. */
  readonly deviation: number;
}

/**
 * The modified z-score (Iglewicz & Hoaglin, "How to detect and handle outliers", 1993): how far each value lies above the median,
 * in standard deviations as the median absolute deviation tells them, which outliers do not stretch until they are half of all
 * values. Where more than half of the values are the same, the mean absolute deviation takes its place.
 */
export function outlyingness(values: readonly number[]): { readonly z: number[]; readonly spread: Spread } {
  const center = median(values);
  const deviations = values.map((value) => Math.abs(value - center));
  const mean = deviations.reduce((sum, deviation) => sum + deviation, 0) / values.length;
  const deviation = FROM_MEDIAN * median(deviations) || FROM_MEAN * mean;
  return {
    z: values.map((value) => (deviation === 0 ? 0 : (value - center) / deviation)),
    spread: { median: center, deviation },
  };
}
