import { rounded } from "../format.ts";
import type { Model } from "../model/index.ts";
import { shellWord } from "../shell-word.ts";
import type { Context } from "./context.ts";
import { inPercent, shareAtMost } from "./describe-thresholds.ts";

/** How images are inspected, as far as the promise depends on it. */
interface Inspecting {
  readonly modelPath: string;
  readonly threshold?: number | undefined;
  readonly tile?: number | undefined;
}

/** Says before the verdicts what their threshold promises of good images; where it promises nothing, on stderr, and why. */
export function tellPromise(
  { metadata: { threshold }, comparable }: Pick<Model, "metadata" | "comparable">,
  inspecting: Inspecting,
  context: Context,
): void {
  const { threshold: given } = inspecting;
  if (threshold === undefined) {
    if (given !== undefined) context.note(nothing("the model was trained without holding any out"));
    return;
  }
  const { image, count, falseReject } = threshold;
  if (given !== undefined && given !== image) {
    context.note(nothing(`the threshold ${given} takes the place of the model's own, ${rounded(image)}`));
  } else if (!comparable) context.warn(warnOfTiles(inspecting));
  else if (falseReject === undefined)
    context.note(nothing("the threshold was chosen by labelled images, for their best F1 score"));
  else {
    const { promised, interval } = falseReject;
    const range = `${inPercent(interval[0])} to ${inPercent(interval[1])}`;
    context.print(
      `Threshold ${rounded(image)}: on average at most ${shareAtMost(promised)} of good images are called defective` +
        ` (from ${count} good images; with this calibration ${range}, with 95 % confidence)`,
    );
  }
}

function nothing(why: string): string {
  return `Nothing is promised of good images: ${why}.`;
}

function warnOfTiles({ modelPath, tile }: Inspecting): string {
  return [
    "The model's thresholds were found on whole images and do not hold in tiles: the worst of many tiles exceeds them more often, in good images too.",
    `There is no promise and no p-value. Thresholds for tiles: rsad calibrate ${shellWord(modelPath)} GOOD_IMAGES --tile ${tile} --out MODEL`,
  ].join("\n");
}
