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
  /** Short hashes of the latter. */
  readonly thresholdHashes: readonly string[];
  /** Where the latter come from, in words. */
  readonly origin: string;
}

/**
 * Divides good images: ranges come from those that the model was trained on, thresholds from the others. Where it was trained on none of
 * them, a random half is for thresholds.
 *
 * Throws RSAD_DATASET_INVALID for fewer than {@link MIN_IMAGES}.
 */
export async function chooseImages(images: string | Dataset, metadata: ModelMetadata): Promise<GoodImages> {
  const { root, fingerprint, seen, unseen, unseenHashes, origin } = await knownImages(images, metadata);
  const count = seen.length + unseen.length;
  if (count < MIN_IMAGES) {
    throw new RsadError("RSAD_DATASET_INVALID", {
      subject: root,
      expected: `at least ${MIN_IMAGES} good images`,
      received: count,
      hint: "The images that the model was trained on are the best choice.",
    });
  }
  const halves = seen.length > 0 ? undefined : splitHoldout(unseen.length, 0.5, metadata.seed);
  const train = halves === undefined ? seen : halves.train.map((place) => unseen[place]!);
  const held = halves?.holdout ?? Array.from(unseen.keys());
  const wanted = Math.min(train.length, MOST_FOR_RANGES);
  return {
    fingerprint,
    forRanges: Array.from({ length: wanted }, (_, i) => train[Math.floor((i * train.length) / wanted)]!),
    forThresholds: held.map((place) => unseen[place]!),
    thresholdHashes: held.map((place) => unseenHashes[place]!),
    origin,
  };
}
