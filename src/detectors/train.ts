import { basename, dirname, resolve } from "node:path";
import { type Backbone, type BackboneSpec, openBackbone } from "../backbones/index.ts";
import {
  type Dataset,
  fingerprintOf,
  hashImages,
  leaveOut,
  openDataset,
  type Sample,
} from "../datasets/index.ts";
import { RsadError } from "../errors.ts";
import {
  type FeaturePrecision,
  FeatureStore,
  FeatureStream,
  type Head,
  hasCheckpoint,
  removeState,
} from "../features/index.ts";
import { ensureWritableFolder, removeTemporaries, writeFileAtomic } from "../files.ts";
import { type Device, type DeviceChoice, type DeviceRequest, nodeRuntime } from "../graph/index.ts";
import { encodeModelFile, MODEL_FORMAT, type ModelMetadata } from "../model/index.ts";
import type { OnProgress } from "../progress.ts";
import type { Recipe } from "../recipes/index.ts";
import type { LossPoint } from "../training/index.ts";
import { VERSION } from "../version.ts";
import { checkShare } from "./check-share.ts";
import { fitModel, readsOnce } from "./fit.ts";
import { inspectionGraph } from "./inspection-graph.ts";
import { shortHash } from "./known-images.ts";
import { learningSamples } from "./learning-samples.ts";
import { MIN_IMAGES, splitHoldout } from "./split.ts";
import { Stopwatch, type Timing } from "./stopwatch.ts";
import { findThresholds } from "./thresholds.ts";
import { openRegion } from "./training-region.ts";

export interface TrainRequest {
  /** A data set, or its folder: MVTec layout, or good images alone. Its test images are never opened. */
  readonly data: string | Dataset;
  /** Good images to leave out, by their names below the data set's folder. */
  readonly without?: readonly string[] | undefined;
  /** The model file to write. Losses, where there are any, go beside it, as `losses.jsonl`. */
  readonly output: string;
  /** Says by which method, too. */
  readonly recipe: Recipe;
  readonly backbone: BackboneSpec;
  readonly seed: number;
  /**
   * A file that says which part of every image to learn from and to inspect: a mask image (white is inspected) or a JSON file of
   * polygons; see docs/method.md. It becomes part of the model.
   */
  readonly mask?: string | undefined;
  /**
   * Cut images into square tiles of so many pixels a side at their own resolution, for defects too small to be seen in whole images.
   * Every image inspected by the model is cut in the same way. Not together with `mask`.
   */
  readonly tile?: number | undefined;
  /** Folder for features and checkpoints, which are removed when the model is written, unless `keepState`. */
  readonly stateDir: string;
  /** Go on from the features and checkpoints that `stateDir` holds, if any; otherwise they are removed first. */
  readonly resume: boolean;
  /** A folder of their own for the features, which stay there afterwards for other runs with the same images and network. */
  readonly featuresDir?: string | undefined;
  readonly keepState?: boolean;
  readonly precision?: FeaturePrecision;
  readonly threads?: number | undefined;
  /** Where to compute; the CPU if left out, and where the device is not there. */
  readonly device?: DeviceRequest | undefined;
  /** Is told which device is used, and of any change. */
  readonly onDevice?: ((choice: DeviceChoice) => void) | undefined;
  /** Seconds between checkpoints; 30 if left out. */
  readonly checkpointSeconds?: number | undefined;
  /** The share of good images that the threshold may call defective; 0.01 if left out. */
  readonly falseReject?: number | undefined;
  /** Use only so many of the good images, chosen at random. */
  readonly trainImages?: number | undefined;
  /** Sees the model, without metadata, after each of these steps; of methods that learn step by step alone. */
  readonly snapshots?: ModelSnapshots | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** An abort saves the state and throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface ModelSnapshots {
  readonly steps: readonly number[];
  /** Training waits for it. A resumed run repeats none that its checkpoint is past. */
  readonly onSnapshot: (step: number, model: Uint8Array) => Promise<void>;
}

export interface TrainResult {
  readonly modelPath: string;
  readonly metadata: ModelMetadata;
  readonly losses: readonly LossPoint[];
  /** JSON lines, one a step; absent for methods that do not learn step by step. */
  readonly lossLog?: string;
  readonly timings: readonly Timing[];
  /** The good images that were held out of training. */
  readonly held: readonly Sample[];
}

/**
 * Learns from a folder of good images by the method of the recipe, and writes one model file.
 *
 * @example
 * const { metadata } = await train({
 *   data: "parts/good", output: "parts.onnx", stateDir: "parts-state", resume: false,
 *   recipe: recipe("default"), backbone: { kind: "embedded" }, seed: 0,
 * });
 * console.log(metadata.threshold);
 *
 * Throws RSAD_DATASET_EMPTY, RSAD_DATASET_INVALID, RSAD_IMAGE_INVALID, RSAD_BACKBONE_MISSING, RSAD_BACKBONE_INVALID,
 * RSAD_MASK_INVALID, RSAD_CHECKPOINT_MISMATCH, RSAD_DISK_FULL, RSAD_PERMISSION_DENIED, RSAD_RUNTIME_FAILED. What fails before there is anything
 * to go on from leaves no state behind.
 */
export async function train(request: TrainRequest): Promise<TrainResult> {
  const { output, recipe, seed, stateDir, threads, onProgress, signal } = request;
  checkShare("falseReject", request.falseReject);
  const stopwatch = new Stopwatch();

  const { name, samples, leftOut } = await goodImages(request);
  const limit = checkTrainImages(request.trainImages, samples.length);
  const split = splitHoldout(samples.length, recipe.holdout, seed, limit);
  const { tiling, ...learned } = await learningSamples(samples, split, request);
  await ensureWritableFolder(dirname(resolve(output)));
  const known = request.mask === undefined ? undefined : await openRegion(request.mask, samples);
  const backbone = await openBackbone(request.backbone, { size: recipe.preprocessing.size });
  const hashes = await stopwatch.time("reading the data", () => hashImages(samples));
  const data = fingerprintOf(samples, hashes);
  let device: Device = "cpu";
  const runtime = nodeRuntime({
    threads,
    device: request.device,
    onDevice: (choice) => {
      device = choice.used;
      request.onDevice?.(choice);
    },
  });
  const watch = { runtime, onProgress, signal };

  if (!request.resume) await removeState(stateDir);
  await removeTemporaries(output);
  const features = {
    folder: request.featuresDir ?? stateDir,
    samples: learned.samples,
    fingerprint: tiling === undefined ? data.sha256 : `${data.sha256} in tiles ${JSON.stringify(tiling)}`,
    backbone,
    recipe,
    region: known?.region,
    precision: request.precision ?? "float32",
    ...watch,
  };
  const openStore = () => stopwatch.time("features", () => FeatureStore.open(features));
  const openStream = () => FeatureStream.open(features);
  const learning = readsOnce(recipe)
    ? { recipe, store: await (request.featuresDir === undefined ? openStream() : openStore()) }
    : { recipe, store: await openStore() };
  const { store } = learning;
  const modelOf = (head: Head) => inspectionGraph({ backbone, recipe, head, region: known?.region.mask });
  const { snapshots, checkpointSeconds } = request;
  const { head, facts, training } = await stopwatch
    .time("training", () =>
      fitModel({
        ...learning,
        ...learned,
        seed,
        folder: stateDir,
        backbone,
        output,
        checkpointSeconds,
        snapshots: snapshots && {
          steps: snapshots.steps,
          onSnapshot: (step, head) => snapshots.onSnapshot(step, encodeModelFile(modelOf(head))),
        },
        ...watch,
      }),
    )
    .finally(() => store.close())
    .catch(async (cause) => {
      const kept = !(store instanceof FeatureStream) || signal?.aborted || (await hasCheckpoint(stateDir));
      if (!kept) await removeState(stateDir);
      throw cause;
    });

  const graph = modelOf(head);
  const held = split.holdout.map((i) => samples[i]!);
  const threshold = await stopwatch.time("thresholds", () =>
    findThresholds({
      model: encodeModelFile(graph),
      held,
      tiling,
      falseReject: request.falseReject,
      ...watch,
    }),
  );
  const metadata: ModelMetadata = {
    format: MODEL_FORMAT,
    createdWith: VERSION,
    backbone: provenance(backbone),
    ...training?.metadata,
    ...(Object.keys(facts).length > 0 && { facts }),
    recipe,
    ...(tiling && { tiles: { ...tiling, trained: learned.images.length } }),
    ...(known && { region: known.metadata }),
    seed,
    ...(device !== "cpu" && { device }),
    data: {
      name,
      ...data,
      ...(leftOut > 0 && { leftOut }),
      trained: split.train.length,
      learned: split.train.map((i) => shortHash(hashes[i]!)),
      heldOut: held.length,
    },
    ...(threshold === undefined ? {} : { threshold }),
  };
  await writeFileAtomic(output, encodeModelFile(graph, metadata));
  if (!request.keepState) await removeState(stateDir);
  const { losses = [], lossLog } = training ?? {};
  return {
    modelPath: output,
    metadata,
    losses,
    ...(lossLog !== undefined && { lossLog }),
    timings: stopwatch.timings,
    held,
  };
}

async function goodImages({ data, without = [] }: TrainRequest) {
  const dataset = typeof data === "string" ? await openDataset(data) : data;
  const { root, train: samples } = leaveOut(dataset, without);
  if (samples.length < MIN_IMAGES) throw tooFewImages(root, samples.length);
  return { name: basename(resolve(root)), samples, leftOut: dataset.train.length - samples.length };
}

function checkTrainImages(wanted: number | undefined, there: number): number {
  if (wanted === undefined) return there;
  if (Number.isInteger(wanted) && wanted >= MIN_IMAGES && wanted <= there) return wanted;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "trainImages",
    expected: `a whole number from ${MIN_IMAGES} to ${there}, the good images there are`,
    received: wanted,
    hint: "Train on fewer images, or leave it out to use all.",
  });
}

function provenance({ name, sha256, licence, notice, source, taps }: Backbone): ModelMetadata["backbone"] {
  return {
    name,
    sha256,
    licence,
    ...(notice !== undefined && { notice }),
    source,
    taps: taps.map((tap) => tap.name),
  };
}

function tooFewImages(folder: string, received: number): RsadError {
  return new RsadError("RSAD_DATASET_INVALID", {
    subject: folder,
    expected: `at least ${MIN_IMAGES} good images`,
    received,
    hint: "Add good images; a few dozen are a sensible start.",
  });
}
