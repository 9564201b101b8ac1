import { dirname, resolve } from "node:path";
import { type Head, removeState } from "../features/index.ts";
import { checkFields } from "../fields.ts";
import { removeTemporaries, withWritableFolder, writeFileAtomic } from "../files.ts";
import { type Device, nodeRuntime } from "../graph/index.ts";
import { encodeModelFile, withDigest } from "../model/index.ts";
import { checkFalseReject } from "./check-false-reject.ts";
import { inspectionGraph } from "./inspection-graph.ts";
import { learn } from "./learn.ts";
import { prepare } from "./prepare.ts";
import { type SettledRequest, settle } from "./settled-request.ts";
import { Stopwatch } from "./stopwatch.ts";
import { findThresholds } from "./thresholds.ts";
import { TRAIN_FIELDS, type TrainExtras, type TrainRequest, type TrainResult } from "./train-request.ts";
import { trainedMetadata } from "./trained-metadata.ts";

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
export async function train(request: TrainRequest): Promise<TrainResult> {
  checkFields("train", request, TRAIN_FIELDS);
  return trainWith(request, {});
}

/** As {@link train}, with what only rsad itself asks for. */
export async function trainWith(request: TrainRequest, extras: TrainExtras): Promise<TrainResult> {
  const settled = settle(request);
  checkFalseReject("falseReject", settled.falseReject, settled.recipe);
  return withWritableFolder(dirname(resolve(settled.output)), () => trainModel(settled, extras));
}

async function trainModel(request: SettledRequest, extras: TrainExtras): Promise<TrainResult> {
  const { output, recipe, stateDir, falseReject, onProgress, signal } = request;
  const stopwatch = new Stopwatch();
  const prepared = await prepare(request, extras, stopwatch);
  const { images, split, learned, known, backbone } = prepared;
  let device: Device = "cpu";
  const runtime = nodeRuntime({
    threads: request.threads,
    device: request.device,
    onDevice: (choice) => {
      device = choice.used;
      request.onDevice?.(choice);
    },
  });

  if (!request.resume) await removeState(stateDir);
  await removeTemporaries(output);
  const graphOf = (head: Head) => inspectionGraph({ backbone, recipe, head, region: known?.region.mask });
  const modelFile = (head: Head) => encodeModelFile(graphOf(head));
  const fitted = await learn({ request, extras, prepared, modelFile, runtime, stopwatch });

  const graph = graphOf(fitted.head);
  const held = split.holdout.map((place) => images.samples[place]!);
  const threshold = await stopwatch.time("thresholds", () =>
    findThresholds({
      model: encodeModelFile(graph),
      held,
      tiling: learned.tiling,
      falseReject,
      runtime,
      onProgress,
      signal,
    }),
  );
  const metadata = trainedMetadata({ request, prepared, fitted, device, threshold });
  await writeFileAtomic(output, await withDigest(encodeModelFile(graph, metadata)));
  if (!extras.keepState) await removeState(stateDir);
  const { losses = [], lossLog } = fitted.training ?? {};
  return {
    modelPath: output,
    metadata,
    losses,
    ...(lossLog !== undefined && { lossLog }),
    timings: stopwatch.timings,
    held,
  };
}
