import type { Dataset, Sample } from "../datasets/index.ts";
import { knownImages, MIN_IMAGES, splitHoldout } from "../detectors/index.ts";
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
export async function chooseImages(images: string | Dataset, metadata: ModelMetadata): Promise<GoodImages> {
  const { root, fingerprint, samples, split, origin } = await knownImages(images, metadata);
  if (samples.length < MIN_IMAGES) {
    throw new RsadError("RSAD_DATASET_INVALID", {
      subject: root,
      expected: `at least ${MIN_IMAGES} good images`,
      received: samples.length,
      hint: "The images that the model was trained on are the best choice.",
    });
  }
  const { train, holdout } = split ?? halves(samples, metadata.seed);
  const count = Math.min(train.length, MOST_FOR_RANGES);
  return {
    fingerprint,
    forRanges: Array.from({ length: count }, (_, i) => train[Math.floor((i * train.length) / count)]!),
    forThresholds: holdout,
    origin,
  };
}

function halves(samples: readonly Sample[], seed: number) {
  const { train, holdout } = splitHoldout(samples.length, 0.5, seed);
  const at = (places: readonly number[]) => places.map((place) => samples[place]!);
  return { train: at(train), holdout: at(holdout) };
}
