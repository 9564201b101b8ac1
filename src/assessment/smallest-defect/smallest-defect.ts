import { decodeSample, type Sample } from "../../datasets/index.ts";
import { RsadError } from "../../errors.ts";
import { GOOD, isDefective, type Judge } from "../../evaluation/index.ts";
import { checkFields, type Fields } from "../../fields.ts";
import { overlap } from "../../images/index.ts";
import type { OnProgress } from "../../progress.ts";
import { Random } from "../../random.ts";
import { drawSpot, spotMask } from "../../synthesis/index.ts";
import { drawPlace } from "./place.ts";
import { plant } from "./plant.ts";
import { growingSizes } from "./sizes.ts";
import { type ContrastResult, type SizeCounts, summarizeContrast } from "./summary.ts";

/** By how many of 255 grey levels a planted spot is darker or lighter than what it lies on. */
const CONTRASTS = [
  { name: "strong", change: 80 },
  { name: "medium", change: 40 },
] as const;
/** Spots of each size and contrast: fewer could not show that nine in ten are found, even if all were. */
const TRIALS = 40;

export interface SmallestDefectOptions {
  /** Pixels a side of the network's input. */
  readonly input: number;
  /** Pixels a side of the tiles that the model cuts images into, if it does. */
  readonly tile?: number | undefined;
  /** Judge by this image threshold instead of the model's. */
  readonly threshold?: number | undefined;
  readonly seed?: number | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

const OPTIONS: Fields<SmallestDefectOptions> = {
  input: "number",
  tile: "number?",
  threshold: "number?",
  seed: "number?",
  onProgress: "function?",
  signal: "signal?",
};

/** How large a planted spot has to be until the model finds it. Plain data; sizes in the images' own pixels. */
export interface SmallestDefect {
  /** Good test images that spots were planted into. */
  readonly images: number;
  /** Good test images that are called defective as they are, and so tell nothing. */
  readonly passedOver: number;
  /** Spots of each size and contrast that were to be planted; a size's own number leaves out those that found no place. */
  readonly trials: number;
  /** The size that ended the sizes, since most of its spots found no place; absent where all sizes were tried. */
  readonly tooLarge?: number | undefined;
  /** Runs of the model, those on images without a spot included. */
  readonly scored: number;
  readonly seed: number;
  readonly contrasts: readonly ContrastResult[];
}

/**
 * Plants spots of growing size into good test images, which the model was not trained on, and says from which size on it finds
 * nine in ten. A spot is found if the image is called defective and the map reaches the pixel threshold on the spot. The same
 * places and outlines are used for all sizes and contrasts, drawn from the seed, only where the model looks and marks nothing
 * by itself. A spot that finds no such place does not count, and the sizes end where most do not.
 *
 * Throws RSAD_ARGUMENT_INVALID without thresholds, RSAD_DATASET_EMPTY where no good test image passes or none has such places;
 * otherwise as `evaluateModel`.
 */
export async function smallestDefect(
  model: Judge,
  test: readonly Sample[],
  options: SmallestDefectOptions,
): Promise<SmallestDefect> {
  checkFields("smallestDefect", { model, test }, { model: "model", test: "list" });
  checkFields("smallestDefect", options, OPTIONS);
  const { seed = 0, onProgress, signal } = options;
  const pixel = model.metadata.threshold?.pixel;
  const threshold = options.threshold ?? model.metadata.threshold?.image;
  if (pixel === undefined || threshold === undefined) throw noThresholds();

  const good = test.filter(({ type }) => type === GOOD);
  const order = new Random(seed, "planted", "order").permutation(good.length);
  const drawn = Array.from(order.subarray(0, TRIALS), (at) => good[at]!);
  const passing = await passingImages(model, drawn, threshold, options);
  if (passing.length === 0) throw nothingPasses(good.length);

  const samples = passing.map(({ sample }) => sample);
  const sides = passing.map(({ side }) => side);
  const sizes = growingSizes(sides, options.input, options.tile);
  const counts = CONTRASTS.map(() =>
    sizes.map((size): SizeCounts => ({ size, trials: 0, rejected: 0, located: 0, found: 0 })),
  );
  const total = TRIALS * sizes.length * CONTRASTS.length;
  let done = 0;
  const advance = (by: number) => {
    done += by;
    onProgress?.({ phase: "planted spots", done, total });
  };
  advance(0);
  for await (const { image, index } of overlap(samples, decodeSample)) {
    const { map } = await model.score(image, signal);
    for (let trial = index; trial < TRIALS; trial += samples.length) {
      const spot = drawSpot(new Random(seed, "planted", "spot", trial));
      for (const [at, size] of sizes.entries()) {
        const place = drawPlace(new Random(seed, "planted", "place", trial), map, size, pixel);
        if (place === undefined) {
          advance(CONTRASTS.length);
          continue;
        }
        for (const [of, { change }] of CONTRASTS.entries()) {
          signal?.throwIfAborted();
          const planted = plant(image, spotMask(spot, size), place.x, place.y, change);
          const { score, map: after } = await model.score(planted.image, signal);
          const rejected = isDefective(score, threshold);
          const located = planted.pixels.some((at) => after.data[at]! >= pixel);
          const count = counts[of]![at]!;
          count.trials += 1;
          count.rejected += Number(rejected);
          count.located += Number(located);
          count.found += Number(rejected && located);
          advance(1);
        }
      }
    }
  }
  // Places are the same for all contrasts.
  const tooLarge = counts[0]!.find(({ trials }) => trials < TRIALS / 2)?.size;
  if (tooLarge === sizes[0]) throw noPlaces(samples.length);
  const tried = ({ size }: SizeCounts) => tooLarge === undefined || size < tooLarge;
  return {
    images: samples.length,
    passedOver: drawn.length - samples.length,
    trials: TRIALS,
    tooLarge,
    scored: drawn.length + samples.length + counts.flat().reduce((sum, { trials }) => sum + trials, 0),
    seed,
    contrasts: CONTRASTS.map((contrast, i) => summarizeContrast(contrast, counts[i]!.filter(tried))),
  };
}

/** Those that are not called defective as they are, and the shorter side of each. */
async function passingImages(
  model: Judge,
  drawn: readonly Sample[],
  threshold: number,
  { onProgress, signal }: SmallestDefectOptions,
): Promise<{ readonly sample: Sample; readonly side: number }[]> {
  const passing: { readonly sample: Sample; readonly side: number }[] = [];
  let done = 0;
  const report = () => onProgress?.({ phase: "good images", done, total: drawn.length });
  report();
  for await (const { sample, image } of overlap(drawn, decodeSample)) {
    signal?.throwIfAborted();
    const { score } = await model.score(image, signal);
    if (!isDefective(score, threshold)) passing.push({ sample, side: Math.min(image.width, image.height) });
    done += 1;
    report();
  }
  return passing;
}

function noThresholds(): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "the smallest defect",
    expected: "a model with thresholds, which say what is found,",
    received: "none",
    hint: "Train with good images held out (--set holdout=0.1).",
  });
}

function nothingPasses(good: number): RsadError {
  return new RsadError("RSAD_DATASET_EMPTY", {
    subject: "the smallest defect",
    expected: "good test images that the model passes, to plant spots into,",
    received: good === 0 ? "no good test images" : `none among ${good}`,
    hint: "Put photos of good parts that were not trained on into test/good.",
  });
}

function noPlaces(images: number): RsadError {
  return new RsadError("RSAD_DATASET_EMPTY", {
    subject: "the smallest defect",
    expected: "good test images with places that the model looks at and does not mark, to plant spots into,",
    received: `too few such places for spots of any size in ${images}`,
    hint: "See in the heatmaps what the model looks at and marks: its region of interest, its pixel threshold.",
  });
}
