import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { type BackboneSpec, openBackbone } from "../backbones/index.ts";
import {
  type Dataset,
  fingerprintOf,
  hashImages,
  openDataset,
  placesByContent,
  type Sample,
} from "../datasets/index.ts";
import { RsadError } from "../errors.ts";
import { FeatureStore, removeState } from "../features/index.ts";
import { checkFields } from "../fields.ts";
import { type NodeRuntimeOptions, nodeRuntime } from "../graph/index.ts";
import type { AnomalyMap, Image } from "../images/index.ts";
import type { OnProgress } from "../progress.ts";
import { type HybridRecipe, RECIPES } from "../recipes/index.ts";
import { fitFold } from "./fold-detector.ts";
import { splitFolds } from "./folds.ts";
import { OUTLYING, outlyingness } from "./outlyingness.ts";
import { type FittedFold, scoreImages } from "./score-images.ts";
import { showImages } from "./show-images.ts";

const FOLDS = 5;
/** Every detector needs two images to be fitted on. */
const MIN_IMAGES = 3;

export interface FindSuspectsRequest extends NodeRuntimeOptions {
  /** A data set, or its folder, as `train` has it. Its test images are never opened. */
  readonly data: string | Dataset;
  /** The embedded one if left out. */
  readonly backbone?: BackboneSpec | undefined;
  /** Says how images meet the network and how its features are averaged, and nothing else; `recipe("default")` if left out. */
  readonly recipe?: HybridRecipe | undefined;
  /** 0 if left out. */
  readonly seed?: number | undefined;
  /**
   * Folder for the features, which are removed at the end; those of an interrupted run are used. If left out, a temporary one, which an
   * interrupted run leaves nothing in.
   */
  readonly stateDir?: string | undefined;
  /** How many of the most suspicious of so many images `onShown` is to see; none if left out. */
  readonly shown?: ((count: number) => number) | undefined;
  /** Sees them one after the other, in no order, when the ranking is known; the next one waits for it. */
  readonly onShown?: ((shown: ShownSuspect) => void | Promise<void>) | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** An abort keeps the features and throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Also of what is made of them. Throws RSAD_ARGUMENT_INVALID. */
export function checkSuspectsRequest(of: string, request: FindSuspectsRequest): void {
  checkFields(of, request, {
    data: "data",
    backbone: "object?",
    recipe: "object?",
    seed: "number?",
    stateDir: "path?",
    shown: "function?",
    onShown: "function?",
    threads: "number?",
    device: "text?",
    onDevice: "function?",
    onProgress: "function?",
    signal: "signal?",
  });
}

export interface Suspect {
  /** From 1, the most suspicious. */
  readonly rank: number;
  /** Path below the data set's folder. */
  readonly name: string;
  /** How far the image's strangest patch is from those of other images. */
  readonly score: number;
  /** How far the score lies above the median of all images' scores, in standard deviations; see `outlyingness`. */
  readonly outlyingness: number;
}

export interface ShownSuspect {
  readonly suspect: Suspect;
  readonly image: Image;
  /** The scores of its patches, in the image's own frame. */
  readonly map: AnomalyMap;
  /** The score from which on an image is {@link Suspects.outlying}. */
  readonly limit: number;
}

/** Plain data. */
export interface Suspects {
  readonly data: { readonly name: string; readonly count: number; readonly sha256: string };
  readonly backbone: string;
  readonly seed: number;
  /** Every image was scored by a detector that was fitted on the images of the other folds, none of which is a copy of it. */
  readonly folds: number;
  /** Of the images' scores. */
  readonly median: number;
  readonly deviation: number;
  /** Images whose outlyingness is at least 3.5. */
  readonly outlying: number;
  /** All training images, the most suspicious first. */
  readonly ranking: readonly Suspect[];
}

/**
 * Ranks a data set's good images by how little they look like the others, so that a person finds the defects among them. Each is
 * scored by a detector that was fitted on other images, and that forgives what it was fitted on. What ranks first is strange, not
 * necessarily defective.
 *
 * Throws as `train` does of data, backbone and disk; nothing is written but the features.
 *
 * @example
 * const { ranking } = await findSuspects({ data: "parts" });
 * console.log(ranking[0]);
 */
export async function findSuspects(request: FindSuspectsRequest): Promise<Suspects> {
  checkSuspectsRequest("findSuspects", request);
  if (request.stateDir !== undefined) return findWithState(request, request.stateDir);
  const folder = await mkdtemp(join(tmpdir(), "rsad-suspects-"));
  try {
    return await findWithState(request, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function findWithState(request: FindSuspectsRequest, stateDir: string): Promise<Suspects> {
  const { data, recipe = RECIPES.default, seed = 0, onProgress, signal, shown, onShown } = request;
  const { root, train: samples } = typeof data === "string" ? await openDataset(data) : data;
  if (samples.length < MIN_IMAGES) throw tooFewImages(root, samples.length);
  const backbone = await openBackbone(request.backbone ?? { kind: "embedded" }, {
    size: recipe.preprocessing.size,
  });
  const hashes = await hashImages(samples);
  const facts = fingerprintOf(samples, hashes);
  const contents = placesByContent(hashes);
  if (contents.length < MIN_IMAGES) throw tooFewImages(root, contents.length);
  const runtime = nodeRuntime(request);
  const watch = { runtime, onProgress, signal };
  const store = await FeatureStore.open({
    folder: stateDir,
    samples,
    fingerprint: facts.sha256,
    backbone,
    recipe,
    precision: "float16",
    ...watch,
  }).catch((error) => Promise.reject(otherRun(error)));
  const folds: FittedFold[] = [];
  try {
    for (const fold of splitFolds(contents.length, FOLDS, seed)) {
      // Copies are held with their image: fitted on, they would excuse whatever it has.
      const held = fold.held.flatMap((at) => contents[at]!);
      const others = fold.others.map((at) => contents[at]![0]!);
      const before = folds.reduce((sum, fold) => sum + fold.held.length, 0);
      const onScored = (done: number) =>
        onProgress?.({ phase: "scoring", done: before + done, total: samples.length });
      if (before === 0) onScored(0);
      const head = await fitFold({ store, samples, images: others, seed, runtime, signal });
      const scores = await scoreImages({ store, images: held, head, runtime, onScored, signal });
      folds.push({ held, head, scores });
    }
  } finally {
    await store.close();
  }
  const { ranking, ...summary } = rank(samples, folds);
  if (onShown !== undefined && shown !== undefined) {
    const chosen = new Map(ranking.slice(0, shown(ranking.length)).map((suspect) => [suspect.name, suspect]));
    const limit = summary.median + OUTLYING * summary.deviation;
    const onImage = async (sample: Sample, image: Image, map: AnomalyMap) =>
      onShown({ suspect: chosen.get(sample.name)!, image, map, limit });
    await showImages({
      folds,
      samples,
      wanted: ({ name }) => chosen.has(name),
      backbone,
      recipe,
      onImage,
      ...watch,
    });
  }
  await removeState(stateDir);
  return {
    data: { name: basename(resolve(root)), ...facts },
    backbone: backbone.name,
    seed,
    folds: folds.length,
    ...summary,
    ranking,
  };
}

function rank(samples: readonly Sample[], folds: readonly FittedFold[]) {
  const scores = new Array<number>(samples.length);
  for (const fold of folds) for (const [at, image] of fold.held.entries()) scores[image] = fold.scores[at]!;
  const { z, spread } = outlyingness(scores);
  const order = Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const ranking = order.map((image, at): Suspect => {
    return { rank: at + 1, name: samples[image]!.name, score: scores[image]!, outlyingness: z[image]! };
  });
  return { ...spread, outlying: z.filter((value) => value >= OUTLYING).length, ranking };
}

/** A state of another run, with the ways out that there are here; any other failure as it is. */
function otherRun(error: unknown): unknown {
  if (!(error instanceof RsadError) || error.code !== "RSAD_CHECKPOINT_MISMATCH") return error;
  const { code, subject, expected, received } = error;
  const hint = "Choose another output (--out; in the library stateDir), or delete this folder.";
  return new RsadError(code, { subject, expected, received, hint, cause: error });
}

function tooFewImages(folder: string, received: number): RsadError {
  return new RsadError("RSAD_DATASET_INVALID", {
    subject: folder,
    expected: `at least ${MIN_IMAGES} good images of different content`,
    received,
    hint: "With so few, look at each of them.",
  });
}
