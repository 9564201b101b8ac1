import { mkdir, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type BackboneSpec, openBackbone } from "../backbones/index.ts";
import { fingerprint, openDataset, type Sample } from "../datasets/index.ts";
import { RsadError } from "../errors.ts";
import { ensureWritableFolder, writeFileAtomic } from "../files.ts";
import { nodeRuntime, type Runtime } from "../graph/index.ts";
import { decodeImage, type Image } from "../images/index.ts";
import {
  calibrate,
  encodeModelFile,
  GraphScorer,
  inspectionGraph,
  MODEL_FORMAT,
  type ModelMetadata,
  type Thresholds,
} from "../model/index.ts";
import type { OnProgress } from "../progress.ts";
import {
  type FeaturePrecision,
  FeatureStore,
  type LossPoint,
  type Recipe,
  runTraining,
  stepCount,
} from "../training/index.ts";
import { VERSION } from "../version.ts";
import { MIN_IMAGES, splitHoldout } from "./split.ts";

export interface TrainRequest {
  /** A data set's folder: MVTec layout, or good images alone. Its test images are never opened. */
  readonly data: string;
  /** The model file to write. Losses go beside it, as `losses.jsonl`. */
  readonly output: string;
  readonly recipe: Recipe;
  readonly backbone: BackboneSpec;
  readonly seed: number;
  /** Folder for features and checkpoints; removed when the model is written, unless `keepState`. */
  readonly stateDir: string;
  /** Go on from what `stateDir` holds, if anything; otherwise what it holds is removed first. */
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
  readonly timings: readonly { readonly label: string; readonly seconds: number }[];
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
  const { recipe, seed, stateDir, onProgress, signal, precision = "float32" } = request;
  const timings: { label: string; seconds: number }[] = [];
  const timed = async <T>(label: string, work: Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work;
    timings.push({ label, seconds: (performance.now() - start) / 1000 });
    return result;
  };

  const dataset = await openDataset(request.data);
  const samples = dataset.train;
  if (samples.length < MIN_IMAGES) throw tooFewImages(request.data, samples.length);
  await ensureWritableFolder(dirname(resolve(request.output)));
  const backbone = await openBackbone(request.backbone, { size: recipe.preprocessing.size });
  if (!request.resume) await rm(stateDir, { recursive: true, force: true });
  await mkdir(stateDir, { recursive: true });

  const data = await timed("reading the data", fingerprint(samples));
  const { train: images, holdout } = splitHoldout(samples.length, recipe.holdout, seed);
  const runtime = nodeRuntime({ threads: request.threads });
  const store = await timed(
    "features",
    FeatureStore.open({
      folder: stateDir,
      samples,
      fingerprint: data.sha256,
      backbone,
      recipe,
      precision,
      runtime,
      onProgress,
      signal,
    }),
  );
  const lossLog = join(dirname(request.output), "losses.jsonl");
  const trained = await timed(
    "training",
    runTraining({
      store,
      images,
      recipe,
      seed,
      runtime,
      folder: stateDir,
      lossLog,
      key: JSON.stringify([data.sha256, backbone.sha256, backbone.taps, precision, VERSION]),
      checkpointSeconds: request.checkpointSeconds,
      onProgress,
      signal,
    }).finally(() => store.close()),
  );

  const graph = inspectionGraph({ backbone, recipe, ...trained });
  const held = holdout.map((i) => samples[i]!);
  const threshold = await timed("thresholds", thresholds(encodeModelFile(graph), held, runtime, request));
  const metadata: ModelMetadata = {
    format: MODEL_FORMAT,
    createdWith: VERSION,
    method: "rsad",
    backbone: {
      name: backbone.name,
      sha256: backbone.sha256,
      licence: backbone.licence,
      source: backbone.source,
      taps: backbone.taps.map(({ name }) => name),
    },
    recipe,
    seed,
    steps: stepCount(recipe, images.length),
    data: { name: basename(resolve(request.data)), ...data, trained: images.length },
    ...(threshold === undefined ? {} : { threshold }),
  };
  await writeFileAtomic(request.output, encodeModelFile(graph, metadata));
  if (!request.keepState) await rm(stateDir, { recursive: true, force: true });
  return { modelPath: request.output, metadata, losses: trained.losses, lossLog, timings };
}

async function thresholds(
  model: Uint8Array,
  held: readonly Sample[],
  runtime: Runtime,
  { onProgress, signal }: TrainRequest,
): Promise<Thresholds | undefined> {
  if (held.length === 0) return undefined;
  const scorer = await GraphScorer.open(model, runtime, "the trained model");
  async function* images(): AsyncGenerator<Image> {
    for (const [done, sample] of held.entries()) {
      signal?.throwIfAborted();
      onProgress?.({ phase: "thresholds", done, total: held.length });
      yield await decodeImage(sample.path);
    }
    onProgress?.({ phase: "thresholds", done: held.length, total: held.length });
  }
  try {
    return await calibrate(scorer, images());
  } finally {
    await scorer.close();
  }
}

function tooFewImages(folder: string, received: number): RsadError {
  return new RsadError("RSAD_DATASET_INVALID", {
    subject: folder,
    expected: `at least ${MIN_IMAGES} good images`,
    received,
    hint: "Add good images; a few dozen are a sensible start.",
  });
}
