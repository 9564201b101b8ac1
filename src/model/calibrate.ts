import { conformalThreshold, falseRejectAt } from "../calibration/index.ts";
import type { AnomalyMap, Image } from "../pixels/index.ts";
import type { Thresholds } from "./metadata.ts";
import { nameImage } from "./name-image.ts";
import type { Scorer } from "./scorer.ts";

/** Good images that may be called defective, unless another share is asked for. */
export const DEFAULT_FALSE_REJECT = 0.01;
const PIXEL_QUANTILE = 0.999;

export interface CalibrateOptions {
  /** The share of good images that may be called defective, above 0 and below 1; 0.01 if left out. */
  readonly falseReject?: number | undefined;
  /** Says in the rule where the images come from. */
  readonly origin?: string;
  /** Seen between images, and between the tiles of one. */
  readonly signal?: AbortSignal | undefined;
}

/** An image, with the name that errors call it by. */
type CalibrationImage = Image & { readonly name?: string };

/** What thresholds are found with. */
export interface GoodScores {
  /** Image scores, ascending. */
  readonly scores: readonly number[];
  /** The highest of the images' own 99.9 % quantiles over pixels. */
  readonly pixel: number;
}

/**
 * Thresholds from good images that training did not see, one pass. The image threshold is the split-conformal one for
 * {@link CalibrateOptions.falseReject}, or lies above all scores where there are too few images for so small a share. The pixel threshold is the
 * highest of the images' own 99.9 % quantiles over pixels, but never above the image threshold.
 */
export async function calibrate(
  scorer: Scorer,
  images: AsyncIterable<CalibrationImage>,
  options: CalibrateOptions = {},
): Promise<Thresholds> {
  return thresholdsFor(await scoreGood(scorer, images, options.signal), options);
}

/** Throws what scoring throws; the signal's reason when aborted. */
export async function scoreGood(
  scorer: Scorer,
  images: AsyncIterable<CalibrationImage>,
  signal?: AbortSignal,
): Promise<GoodScores> {
  let pixel = Number.NEGATIVE_INFINITY;
  const scores = await imageScores(scorer, images, signal, (map) => {
    pixel = raiseToQuantile(pixel, map.data);
  });
  return { scores, pixel };
}

/** Image scores, ascending; `onMap` sees each image's map meanwhile. Throws as {@link scoreGood}. */
export async function imageScores(
  scorer: Scorer,
  images: AsyncIterable<CalibrationImage>,
  signal?: AbortSignal,
  onMap?: (map: AnomalyMap) => void,
): Promise<number[]> {
  const scores: number[] = [];
  for await (const image of images) {
    const { name = "the image" } = image;
    const { score, map } = await scorer
      .score(image, signal)
      .catch((error) => Promise.reject(nameImage(error, name)));
    scores.push(score);
    onMap?.(map);
  }
  return scores.sort((a, b) => a - b);
}

/** As {@link calibrate}, from what the images scored. */
export function thresholdsFor(
  { scores, pixel }: GoodScores,
  { falseReject: asked = DEFAULT_FALSE_REJECT, origin = "held out of training" }: CalibrateOptions = {},
): Thresholds {
  const count = scores.length;
  const { threshold: image, rank } = conformalThreshold(scores, asked);
  const which = rank === count ? "the highest score" : `score ${rank} in order`;
  return {
    image,
    pixel: Math.min(pixel, image),
    rule: `image: just above ${which} of ${count} good images ${origin}; pixel: the highest of their own 99.9 % pixel quantiles`,
    count,
    scores,
    falseReject: { asked, ...falseRejectAt(scores, image) },
  };
}

/** The share of false rejects that a model was asked for, whether or not its thresholds promise it; undefined where it has none. */
export function askedFalseReject(thresholds: Thresholds | undefined): number | undefined {
  return thresholds?.falseReject?.asked ?? thresholds?.asked;
}

/** The larger of `least` and the quantile over the pixels that were inspected; only pixels above `least` need sorting. */
function raiseToQuantile(least: number, map: Float32Array): number {
  const above = map.filter((value) => value > least).sort();
  const count = map.reduce((sum, value) => (Number.isNaN(value) ? sum : sum + 1), 0);
  const higher = count - Math.min(Math.ceil(count * PIXEL_QUANTILE), count);
  return above[above.length - 1 - higher] ?? least;
}
