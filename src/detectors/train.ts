import { dirname, resolve } from "node:path";
import { type Backbone, openBackbone } from "../backbones/index.ts";
import { fingerprintOf, hashImages } from "../datasets/index.ts";
import { FeatureStore, FeatureStream, type Head, hasCheckpoint, removeState } from "../features/index.ts";
import { removeTemporaries, withWritableFolder, writeFileAtomic } from "../files.ts";
import { type Device, nodeRuntime } from "../graph/index.ts";
import { encodeModelFile, MODEL_FORMAT, type ModelMetadata, withDigest } from "../model/index.ts";
import { RECIPES } from "../recipes/index.ts";
import { VERSION } from "../version.ts";
import { besideModel } from "./beside-model.ts";
import { checkFalseReject } from "./check-false-reject.ts";
import { defaultBackbone } from "./default-backbone.ts";
import { fitModel, readsOnce } from "./fit.ts";
import { checkTrainImages, goodImages } from "./good-images.ts";
import { inspectionGraph } from "./inspection-graph.ts";
import { shortHash } from "./known-images.ts";
import { learningSamples } from "./learning-samples.ts";
import { splitHoldout } from "./split.ts";
import { Stopwatch } from "./stopwatch.ts";
import { findThresholds } from "./thresholds.ts";
import type { TrainExtras, TrainRequest, TrainResult } from "./train-request.ts";
import { openRegion } from "./training-region.ts";

/**
 * Learns from a folder of good images by the method of the recipe, and writes one model file.
 *
 * @example
 * const { metadata } = await train({ data: "parts", output: "parts.onnx" });
 * console.log(metadata.threshold);
 *
 * Throws RSAD_DATASET_EMPTY, RSAD_DATASET_INVALID, RSAD_IMAGE_INVALID, RSAD_BACKBONE_MISSING, RSAD_BACKBONE_INVALID,
 * RSAD_MASK_INVALID, RSAD_CHECKPOINT_MISMATCH, RSAD_DISK_FULL, RSAD_PERMISSION_DENIED, RSAD_RUNTIME_FAILED. What fails before there is anything
 * to go on from leaves no state behind.
 */
export function train(request: TrainRequest): Promise<TrainResult> {
  return trainWith(request, {});
}

/** As {@link train}, with what only rsad itself asks for. */
export async function trainWith(request: TrainRequest, extras: TrainExtras): Promise<TrainResult> {
  const { output, recipe = RECIPES.default, falseReject } = request;
  checkFalseReject("falseReject", falseReject, recipe);
  return withWritableFolder(dirname(resolve(output)), () => trainModel(request, extras));
}

async function trainModel(request: TrainRequest, extras: TrainExtras): Promise<TrainResult> {
  const { output, recipe = RECIPES.default, seed = 0, threads, onProgress, signal } = request;
  const { stateDir = besideModel(output).stateDir, resume = true, featurePrecision = "float32" } = request;
  const { snapshots, checkpointSeconds, keepState = false } = extras;
  const stopwatch = new Stopwatch();

  const { name, samples, leftOut } = await goodImages(request);
  const limit = checkTrainImages(extras.trainImages, samples.length);
  const split = splitHoldout(samples.length, recipe.holdout, seed, limit);
  const { tiling, ...learned } = await learningSamples(samples, split, request);
  const known = request.mask === undefined ? undefined : await openRegion(request.mask, samples);
  const spec = request.backbone ?? (await defaultBackbone(recipe));
  const backbone = await openBackbone(spec, { size: recipe.preprocessing.size });
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

  if (!resume) await removeState(stateDir);
  await removeTemporaries(output);
  const features = {
    folder: request.featuresDir ?? stateDir,
    samples: learned.samples,
    fingerprint: tiling === undefined ? data.sha256 : `${data.sha256} in tiles ${JSON.stringify(tiling)}`,
    backbone,
    recipe,
    region: known?.region,
    precision: featurePrecision,
    ...watch,
  };
  const openStore = () => stopwatch.time("features", () => FeatureStore.open(features));
  const openStream = () => FeatureStream.open(features);
  const learning = readsOnce(recipe)
    ? { recipe, store: await (request.featuresDir === undefined ? openStream() : openStore()) }
    : { recipe, store: await openStore() };
  const { store } = learning;
  const modelOf = (head: Head) => inspectionGraph({ backbone, recipe, head, region: known?.region.mask });
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
    ...(threshold && {
      threshold: { ...threshold, images: split.holdout.map((i) => shortHash(hashes[i]!)) },
    }),
  };
  await writeFileAtomic(output, await withDigest(encodeModelFile(graph, metadata)));
  if (!keepState) await removeState(stateDir);
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
