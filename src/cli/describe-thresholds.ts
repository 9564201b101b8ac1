import { goodImagesNeeded } from "../calibration/index.ts";
import { rounded } from "../format.ts";
import type { Thresholds } from "../model/index.ts";

/** A model's thresholds and what they promise, in lines of a command's summary. */
export function describeThresholds({ image, pixel, count, review, falseReject }: Thresholds): string[] {
  const band = review === undefined ? "" : `, review from ${rounded(review)}`;
  const thresholds = `Thresholds  image ${rounded(image)}${band}, pixel ${rounded(pixel)}`;
  if (falseReject === undefined) {
    return [thresholds, "Promise     none: the threshold was chosen by these very images"];
  }
  const { asked, promised, interval } = falseReject;
  const isShort = promised > asked * (1 + 1e-9);
  return [
    thresholds,
    `Promise     on average at most ${shareAtMost(promised)} of good images are called defective (from ${count} that training did not see); with`,
    `            this calibration between ${inPercent(interval[0])} and ${inPercent(interval[1])}, with 95 % confidence`,
    ...(isShort
      ? [
          `            ${inPercent(asked)} needs ${goodImagesNeeded(asked)} good images; rsad calibrate takes more`,
        ]
      : []),
  ];
}

/** 0.0476 as "4.8 %"; two digits that count. */
export function inPercent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}

/** The same, rounded up: 1/22 as "4.6 %". */
export function shareAtMost(share: number): string {
  const unit = 10 ** (Math.floor(Math.log10(share)) - 1);
  return inPercent(Math.ceil(share / unit - 1e-9) * unit);
}
