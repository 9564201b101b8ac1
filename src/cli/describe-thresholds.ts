import { goodImagesNeeded } from "../calibration/index.ts";
import type { Thresholds } from "../model/index.ts";
import { figure } from "./table.ts";

/** A model's thresholds and what they promise, in lines of a command's summary. */
export function describeThresholds({ image, pixel, count, review, falseReject }: Thresholds): string[] {
  const { asked, promised, interval } = falseReject;
  const band = review === undefined ? "" : `, review from ${figure(review)}`;
  const short =
    asked !== undefined && promised > asked * (1 + 1e-9)
      ? [
          `            ${inPercent(asked)} needs ${goodImagesNeeded(asked)} good images; rsad calibrate takes more`,
        ]
      : [];
  return [
    `Thresholds  image ${figure(image)}${band}, pixel ${figure(pixel)}`,
    `Promise     at most ${inPercent(promised)} of good images are called defective (from ${count} that training did not see; 95 %: ${inPercent(interval[0])} to ${inPercent(interval[1])})`,
    ...short,
  ];
}

/** 0.0476 as "4.8 %"; two digits that count. */
export function inPercent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
