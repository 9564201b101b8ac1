import { basename, resolve } from "node:path";
import { type Dataset, fingerprint, openDataset, type Sample } from "../datasets/index.ts";
import { MIN_IMAGES, splitHoldout } from "../detectors/index.ts";
import { RsadError } from "../errors.ts";
import type { ModelMetadata } from "../model/index.ts";

/** Ranges hardly widen after so many images. */
const MOST_FOR_RANGES = 64;

export interface GoodImages {
  readonly fingerprint: { readonly count: number; readonly sha256: string };
  /** To find the ranges of activations with. */
  readonly forRanges: readonly Sample[];
  /** To set thresholds with; none of the others. */
  readonly forThresholds: readonly Sample[];
  /** Where the latter come from, in words. */
  readonly origin: string;
}

/**
 * Divides good images. Those that the model was trained on, together with the ones held out, are divided as they were for training, so that
 * thresholds come from images that the model has not seen. Of other images a random half is for thresholds.
 *
 * Throws RSAD_DATASET_INVALID for fewer than {@link MIN_IMAGES}.
 */
export async function chooseImages(
  images: string | Dataset,
  { data, recipe, seed, threshold }: ModelMetadata,
): Promise<GoodImages> {
  const { root, train: samples } = typeof images === "string" ? await openDataset(images) : images;
  if (samples.length < MIN_IMAGES) {
    throw new RsadError("RSAD_DATASET_INVALID", {
      subject: root,
      expected: `at least ${MIN_IMAGES} good images`,
      received: samples.length,
      hint: "The images that the model was trained on are the best choice.",
    });
  }
  const found = await fingerprint(samples);
  const isTrainingData = found.sha256 === data.sha256;
  const split = isTrainingData
    ? splitHoldout(samples.length, recipe.holdout, seed, data.trained + (threshold?.count ?? 0))
    : splitHoldout(samples.length, 0.5, seed);
  const at = (places: readonly number[]) => places.map((place) => samples[place]!);
  const { train } = split;
  const count = Math.min(train.length, MOST_FOR_RANGES);
  const spread = Array.from({ length: count }, (_, i) => train[Math.floor((i * train.length) / count)]!);
  return {
    fingerprint: found,
    forRanges: at(spread),
    forThresholds: at(split.holdout),
    origin: isTrainingData ? "held out of training" : `of ${basename(resolve(root))}`,
  };
}
