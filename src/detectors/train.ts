import { basename, dirname, join, resolve } from "node:path";
import { type Backbone, type BackboneSpec, isPaperBackbone, openBackbone } from "../backbones/index.ts";
import { fingerprint, openDataset, type Sample } from "../datasets/index.ts";
import { RsadError } from "../errors.ts";
import { ensureWritableFolder, removeTemporaries, writeFileAtomic } from "../files.ts";
import { nodeRuntime } from "../graph/index.ts";
import { encodeModelFile, inspectionGraph, MODEL_FORMAT, type ModelMetadata } from "../model/index.ts";
import type { OnProgress } from "../progress.ts";
import {
  type FeaturePrecision,
  FeatureStore,
  type LossPoint,
  type Recipe,
  removeState,
  runTraining,
  stepCount,
} from "../training/index.ts";
import { VERSION } from "../version.ts";
import { MIN_IMAGES, splitHoldout } from "./split.ts";
import { Stopwatch, type Timing } from "./stopwatch.ts";
import { findThresholds } from "./thresholds.ts";

export interface TrainRequest {
  /** A data set's folder: MVTec layout, or good images alone. Its test images are never opened. */
  readonly data: string;
  /** The model file to write. Losses go beside it, as `losses.jsonl`. */
  readonly output: string;
  readonly recipe: Recipe;
  readonly backbone: BackboneSpec;
  readonly seed: number;
  /** Folder for features and checkpoints, which are removed when the model is written, unless `keepState`. */
  readonly stateDir: string;
  /** Go on from the features and checkpoints that `stateDir` holds, if any; otherwise they are removed first. */
  readonly resume: boolean;
  readonly keepState?: boolean;
  readonly precision?: FeaturePrecision;
  readonly threads?: number | undefined;
  /** Seconds between checkpoints; 30 if left out. */
  readonly checkpointSeconds?: number | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** An abort saves the state and throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface TrainResult {
  readonly modelPath: string;
  readonly metadata: ModelMetadata;
  readonly losses: readonly LossPoint[];
  /** JSON lines, one a step. */
  readonly lossLog: string;
  readonly timings: readonly Timing[];
}

/**
 * Trains RSAD on a folder of good images and writes one model file.
 *
 * @example
 * const { metadata } = await train({
 *   data: "parts/good", output: "parts.onnx", stateDir: "parts-state", resume: false,
 *   recipe: recipe("default"), backbone: { kind: "embedded" }, seed: 0,
 * });
 * console.log(metadata.threshold);
 *
 * Throws RSAD_DATASET_EMPTY, RSAD_DATASET_INVALID, RSAD_IMAGE_INVALID, RSAD_BACKBONE_MISSING, RSAD_BACKBONE_INVALID,
 * RSAD_CHECKPOINT_MISMATCH, RSAD_DISK_FULL, RSAD_PERMISSION_DENIED, RSAD_RUNTIME_FAILED.
 */
export async function train(request: TrainRequest): Promise<TrainResult> {
  const { output, recipe, seed, stateDir, threads, onProgress, signal } = request;
  const stopwatch = new Stopwatch();

  const samples = await goodImages(request.data);
  await ensureWritableFolder(dirname(resolve(output)));
  const backbone = await openBackbone(request.backbone, { size: recipe.preprocessing.size });
  const data = await stopwatch.time("reading the data", () => fingerprint(samples));
  const split = splitHoldout(samples.length, recipe.holdout, seed);
  const runtime = nodeRuntime({ threads });
  const watch = { runtime, onProgress, signal };

  if (!request.resume) await removeState(stateDir);
  await removeTemporaries(output);
  const store = await stopwatch.time("features", () =>
    FeatureStore.open({
      folder: stateDir,
      samples,
      fingerprint: data.sha256,
      backbone,
      recipe,
      precision: request.precision ?? "float32",
      ...watch,
    }),
  );
  const lossLog = join(dirname(output), "losses.jsonl");
  const { weights, scaling, deviation, losses } = await stopwatch
    .time("training", () =>
      runTraining({
        store,
        images: split.train,
        recipe,
        native: isPaperBackbone(backbone),
        seed,
        folder: stateDir,
        lossLog,
        checkpointSeconds: request.checkpointSeconds,
        ...watch,
      }),
    )
    .finally(() => store.close());

  const graph = inspectionGraph({ backbone, recipe, weights, scaling });
  const held = split.holdout.map((i) => samples[i]!);
  const threshold = await stopwatch.time("thresholds", () =>
    findThresholds({ model: encodeModelFile(graph), held, ...watch }),
  );
  const metadata: ModelMetadata = {
    format: MODEL_FORMAT,
    createdWith: VERSION,
    method: "rsad",
    backbone: provenance(backbone),
    features: {
      deviation,
      ...(recipe.scaling !== "channel" && scaling !== undefined && { divisor: scaling.deviation[0]! }),
    },
    recipe,
    seed,
    steps: stepCount(recipe, split.train.length),
    data: { name: basename(resolve(request.data)), ...data, trained: split.train.length },
    ...(threshold === undefined ? {} : { threshold }),
  };
  await writeFileAtomic(output, encodeModelFile(graph, metadata));
  if (!request.keepState) await removeState(stateDir);
  return { modelPath: output, metadata, losses, lossLog, timings: stopwatch.timings };
}

async function goodImages(folder: string): Promise<readonly Sample[]> {
  const { train: samples } = await openDataset(folder);
  if (samples.length < MIN_IMAGES) throw tooFewImages(folder, samples.length);
  return samples;
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
