import { dirname, resolve } from "node:path";
import type { Dataset, Sample } from "../datasets/index.ts";
import { decodeAll } from "../detectors/index.ts";
import { RsadError } from "../errors.ts";
import { checkFields, type Fields } from "../fields.ts";
import {
  type FileSource,
  type ReadSource,
  readSource,
  withWritableFolder,
  writeFileAtomic,
} from "../files.ts";
import { type NodeRuntimeOptions, nodeRuntime, type Onnx, type Runtime } from "../graph/index.ts";
import {
  askedFalseReject,
  calibrate,
  checkDigest,
  decodeMetadata,
  encodeWithMetadata,
  GraphScorer,
  type ModelMetadata,
  type Precision,
  type Scorer,
  withDigest,
} from "../model/index.ts";
import type { OnProgress } from "../progress.ts";
import { type Agreement, compareScores } from "./agreement.ts";
import { type AccuracyCheck, checkAccuracy } from "./check.ts";
import { chooseImages } from "./choose-images.ts";
import { halfModel } from "./half-model.ts";
import { integerModel } from "./integer-model.ts";
import { Network } from "./network.ts";

export const DEFAULT_MAX_LOSS = 0.2;

export interface QuantiseRequest {
  /** A trained model: its file, or the file's bytes. */
  readonly model: FileSource;
  /** The model file to write. */
  readonly output: string;
  readonly precision: Precision;
  /** Good images, as a data set or its folder: best those that the model was trained on. */
  readonly images: string | Dataset;
  /** Labelled images to measure the loss of accuracy on; without any it is not measured. */
  readonly check?: string | Dataset | undefined;
  /** The loss of image AUROC that is accepted, in points, 0 to 100; 0.2 if left out. */
  readonly maxLoss?: number | undefined;
  readonly threads?: NodeRuntimeOptions["threads"];
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

const FIELDS: Fields<QuantiseRequest> = {
  model: "source",
  output: "path",
  precision: "text",
  images: "data",
  check: "data?",
  maxLoss: "number?",
  threads: "number?",
  onProgress: "function?",
  signal: "signal?",
};

export interface QuantiseResult {
  readonly modelPath: string;
  readonly metadata: ModelMetadata;
  /** Of the model files. */
  readonly bytes: { readonly before: number; readonly after: number };
  /** On the good images that the thresholds come from; absent where the model has none. */
  readonly agreement?: Agreement;
  readonly check?: AccuracyCheck;
  /** Whether the model's thresholds were found with defects, which have no part in the new ones. */
  readonly lost: boolean;
}

/**
 * Writes a smaller form of a model, with thresholds of its own. Scores change a little, so thresholds do too; they are found as in training, or,
 * where the images are others than those of the training, on a random half of them.
 *
 * @example
 * const { bytes, check } = await quantise({
 *   model: "model.onnx", output: "model.int8.onnx", precision: "int8", images: "bottle", check: "bottle",
 * });
 *
 * Throws RSAD_ACCURACY_LOST, writing nothing, where `check` shows a greater loss than `maxLoss`; RSAD_ARGUMENT_INVALID
 * for a `maxLoss` outside 0 to 100, and for a model whose precision was reduced before or that has nothing to compute
 * in integers; RSAD_MODEL_INVALID, RSAD_FILE_MISSING, RSAD_DATASET_EMPTY, RSAD_DATASET_INVALID, RSAD_IMAGE_INVALID,
 * RSAD_PERMISSION_DENIED, RSAD_RUNTIME_FAILED.
 */
export async function quantise(request: QuantiseRequest): Promise<QuantiseResult> {
  checkFields("quantise", request, FIELDS);
  checkMaxLoss(request.maxLoss);
  const source = await readSource(request.model, "the model");
  const metadata = decodeMetadata(source.bytes, source.subject);
  await checkDigest(source.bytes, source.subject);
  if (metadata.tiles !== undefined) throw ofTiles(source.subject);
  if (metadata.precision !== undefined) throw notFloat(source.subject, metadata.precision.weights);
  return withWritableFolder(dirname(resolve(request.output)), () => quantiseModel(source, metadata, request));
}

async function quantiseModel(
  { bytes, subject }: ReadSource,
  metadata: ModelMetadata,
  request: QuantiseRequest,
): Promise<QuantiseResult> {
  const { output, precision, onProgress, signal, maxLoss = DEFAULT_MAX_LOSS } = request;
  const watch = { onProgress, signal };
  const images = await chooseImages(request.images, metadata);
  const runtime = nodeRuntime({ threads: request.threads });

  // Opened first: what the runtime accepts is a graph that can be rewritten.
  const before = await GraphScorer.open(bytes, runtime, subject);
  const open: GraphScorer[] = [before];
  try {
    const smaller = await reduce(new Network(bytes), precision, images.forRanges, runtime, watch);
    if (smaller === undefined) throw nothingToDo(subject);
    const after = await GraphScorer.open(
      encodeWithMetadata(smaller, metadata),
      runtime,
      `${subject}, reduced`,
    );
    open.push(after);
    const scorers = { before, after };
    const scores = { before: [] as number[], after: [] as number[] };
    const recorded = recordScores(scorers, scores);
    const held = decodeAll(images.forThresholds, "thresholds", watch);
    const found =
      images.forThresholds.length > 0
        ? await calibrate(recorded, held, {
            origin: images.origin,
            falseReject: askedFalseReject(metadata.threshold),
            signal,
          })
        : undefined;
    const threshold = found && { ...found, images: images.thresholdHashes };
    const check =
      request.check === undefined
        ? undefined
        : await checkAccuracy({ ...scorers, data: request.check, maxLoss, precision, ...watch });
    const { threshold: _, ...rest } = metadata;
    const written: ModelMetadata = {
      ...rest,
      precision: {
        weights: precision,
        images: images.fingerprint,
        ...(check && { check: { ...check.fingerprint, imageAuroc: check.imageAuroc } }),
      },
      ...(threshold && { threshold }),
    };
    const result = await withDigest(encodeWithMetadata(smaller, written));
    await writeFileAtomic(output, result);
    return {
      modelPath: output,
      metadata: written,
      bytes: { before: bytes.length, after: result.length },
      ...(threshold && { agreement: compareScores(scores.before, scores.after) }),
      ...(check && { check }),
      lost:
        metadata.threshold !== undefined &&
        (metadata.threshold.review !== undefined || metadata.threshold.falseReject === undefined),
    };
  } finally {
    for (const scorer of open) await scorer.close();
  }
}

function checkMaxLoss(maxLoss: number | undefined): void {
  if (maxLoss === undefined || (maxLoss >= 0 && maxLoss <= 100)) return;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "maxLoss",
    expected: "a number from 0 to 100",
    received: maxLoss,
    hint: "It is a loss in points of image AUROC, of which there are 100.",
  });
}

function ofTiles(subject: string): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject,
    expected: "a model of whole images",
    received: "one that cuts images into tiles",
    hint: "Ranges are measured on whole images, which such a model never sees: keep it in float32.",
  });
}

type Watch = Pick<QuantiseRequest, "onProgress" | "signal">;

async function reduce(
  network: Network,
  precision: Precision,
  samples: readonly Sample[],
  runtime: Runtime,
  watch: Watch,
): Promise<Onnx.IModelProto | undefined> {
  return precision === "int8"
    ? integerModel(network, decodeAll(samples, "ranges", watch), runtime)
    : halfModel(network, runtime);
}

/** Scores as the second does, and keeps the scores of both. */
function recordScores(
  { before, after }: { before: Scorer; after: Scorer },
  scores: { before: number[]; after: number[] },
): Scorer {
  return {
    async score(image) {
      scores.before.push((await before.score(image)).score);
      const scored = await after.score(image);
      scores.after.push(scored.score);
      return scored;
    },
  };
}

function notFloat(subject: string, received: Precision): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject,
    expected: "a model as it was trained",
    received: `one whose precision is ${received} already`,
    hint: "Begin with the file that rsad train wrote.",
  });
}

function nothingToDo(subject: string): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject,
    expected: "a network with convolutions, batch norms folded into them",
    received: "one with nothing that is safely computed in integers",
    hint: "Use --precision fp16.",
  });
}
