import { type Backbone, openBackbone } from "../backbones/index.ts";
import { type Fingerprint, fingerprintOf, hashImages } from "../datasets/index.ts";
import { defaultBackbone } from "./default-backbone.ts";
import { checkTrainImages, differentImages, type GoodImages, goodImages } from "./good-images.ts";
import { checkTiles, type LearningSamples, learningSamples } from "./learning-samples.ts";
import type { SettledRequest } from "./settled-request.ts";
import { type Split, splitAmong } from "./split.ts";
import type { Stopwatch } from "./stopwatch.ts";
import type { TrainExtras } from "./train-request.ts";
import { type KnownRegion, openRegion } from "./training-region.ts";

/** What a training starts from. */
export interface Prepared {
  readonly images: GoodImages;
  /** SHA-256 of the images' files, in order. */
  readonly hashes: readonly string[];
  readonly fingerprint: Fingerprint;
  /** Of images with the same content the first one alone is in it, so that none is both learned from and held out. */
  readonly split: Split;
  readonly copies: number;
  readonly learned: LearningSamples;
  readonly known: KnownRegion | undefined;
  readonly backbone: Backbone;
}

/** Opens and checks all that a training needs, before anything is written; images are read after what takes no time. */
export async function prepare(
  request: SettledRequest,
  { trainImages }: TrainExtras,
  stopwatch: Stopwatch,
): Promise<Prepared> {
  const { recipe, seed, mask, tile } = request;
  const images = await goodImages(request);
  const { samples } = images;
  checkTiles(request);
  const known = mask === undefined ? undefined : await openRegion(mask, samples);
  const spec = request.backbone ?? (await defaultBackbone(recipe));
  const backbone = await openBackbone(spec, { size: recipe.preprocessing.size });
  const hashes = await stopwatch.time("reading the data", () => hashImages(samples));
  const places = differentImages(images, hashes);
  const limit = checkTrainImages(trainImages, places.length);
  const split = splitAmong(places, recipe.holdout, seed, limit);
  return {
    images,
    hashes,
    fingerprint: fingerprintOf(samples, hashes),
    split,
    copies: samples.length - places.length,
    learned: await learningSamples(samples, split, tile),
    known,
    backbone,
  };
}
