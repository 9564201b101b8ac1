import { FeatureStore, FeatureStream, type Head, hasCheckpoint, removeState } from "../features/index.ts";
import type { Runtime } from "../graph/index.ts";
import { type FittedModel, fitModel, readsOnce } from "./fit.ts";
import type { Prepared } from "./prepare.ts";
import type { SettledRequest } from "./settled-request.ts";
import type { Stopwatch } from "./stopwatch.ts";
import type { TrainExtras } from "./train-request.ts";

export interface LearnRequest {
  readonly request: SettledRequest;
  readonly extras: TrainExtras;
  readonly prepared: Prepared;
  /** The file, without metadata, of a model that has learned so much. */
  readonly modelFile: (head: Head) => Uint8Array;
  readonly runtime: Runtime;
  readonly stopwatch: Stopwatch;
}

/** Fits the recipe's method to the features of the images. What fails before there is anything to go on from leaves no state behind. */
export async function learn(learning: LearnRequest): Promise<FittedModel> {
  const { request, extras, prepared, modelFile, runtime, stopwatch } = learning;
  const { output, seed, stateDir, onProgress, signal } = request;
  const { snapshots, checkpointSeconds } = extras;
  const { samples, images, held } = prepared.learned;
  const source = await openFeatures(learning);
  const { store } = source;
  return stopwatch
    .time("training", () =>
      fitModel({
        ...source,
        samples,
        images,
        held,
        seed,
        folder: stateDir,
        backbone: prepared.backbone,
        output,
        checkpointSeconds,
        snapshots: snapshots && {
          steps: snapshots.steps,
          onSnapshot: (step, head) => snapshots.onSnapshot(step, modelFile(head)),
        },
        runtime,
        onProgress,
        signal,
      }),
    )
    .finally(() => store.close())
    .catch(async (cause) => {
      const kept = !(store instanceof FeatureStream) || signal?.aborted || (await hasCheckpoint(stateDir));
      if (!kept) await removeState(stateDir);
      throw cause;
    });
}

/** The recipe with its images' features: as they are asked for where the method reads most of them once, unless others are to find them. */
async function openFeatures({ request, prepared, runtime, stopwatch }: LearnRequest) {
  const { recipe, stateDir, featuresDir, featurePrecision = "float32", onProgress, signal } = request;
  const { learned, known, backbone } = prepared;
  const { samples, tiling } = learned;
  const { sha256 } = prepared.fingerprint;
  const features = {
    folder: featuresDir ?? stateDir,
    samples,
    fingerprint: tiling === undefined ? sha256 : `${sha256} in tiles ${JSON.stringify(tiling)}`,
    backbone,
    recipe,
    region: known?.region,
    precision: featurePrecision,
    runtime,
    onProgress,
    signal,
  };
  const openStore = () => stopwatch.time("features", () => FeatureStore.open(features));
  if (!readsOnce(recipe)) return { recipe, store: await openStore() };
  return { recipe, store: await (featuresDir === undefined ? FeatureStream.open(features) : openStore()) };
}
