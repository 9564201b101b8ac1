import { dirname, resolve } from "node:path";
import { type FalseRejectSeen, falseRejectSeen } from "../calibration/index.ts";
import { type Dataset, hashImages, leaveOut, openDataset, type Sample } from "../datasets/index.ts";
import { RsadError } from "../errors.ts";
import { checkFields, type Fields } from "../fields.ts";
import {
  type FileSource,
  type ReadSource,
  readSource,
  withWritableFolder,
  writeFileAtomic,
} from "../files.ts";
import { type NodeRuntimeOptions, nodeRuntime } from "../graph/index.ts";
import {
  askedFalseReject,
  decodeMetadata,
  imageScores,
  Model,
  type ModelMetadata,
  scoreGood,
  type Thresholds,
  withDigest,
  withMetadata,
} from "../model/index.ts";
import { tilingOf } from "../pixels/index.ts";
import { checkForTiles } from "./check-for-tiles.ts";
import { checkShare } from "./check-share.ts";
import { checkDecision, checkDefects, DEFAULT_MISS, type Decision, decide } from "./decide.ts";
import { decodeAll, type Watch } from "./decode-all.ts";
import { type Drift, driftSince, firstScoresOf } from "./drift.ts";
import { copiesAmong, type KnownImages, knownImages, shortHash } from "./known-images.ts";

export interface RecalibrateRequest extends Watch {
  /** A trained model: its file, or the file's bytes. */
  readonly model: FileSource;
  /** The model file to write; may be the same. */
  readonly output: string;
  /** Good images. Those that the model was trained on are told by their contents and left out. */
  readonly images: string | Dataset;
  /** Images of it that take no part, as `train` has them. */
  readonly without?: readonly string[] | undefined;
  /**
   * The share of good images that may be called defective, above 0 and below 1; what the model was asked for, or 0.01, if left out. Not with the
   * decision `best-f1`, which promises none.
   */
  readonly falseReject?: number | undefined;
  /** Defective images: a data set's test images of all types but good, or all images of a folder. */
  readonly defects?: string | Dataset | undefined;
  /** How defects take part; `false-reject` if left out. */
  readonly decision?: Decision | undefined;
  /** For `review`: the share of defects that may be called good; 0.05 if left out. */
  readonly miss?: number | undefined;
  /**
   * Of a model of whole images: cut the images into tiles of so many pixels a side, as the model will from then on. What whole images scored
   * before is not comparable, so nothing is said of drift. The full form, int8 and fp16 have no tiles.
   */
  readonly tile?: number | undefined;
  readonly threads?: NodeRuntimeOptions["threads"];
  /** Where to score: best where the model will inspect. The CPU if left out, and where the device is not there. */
  readonly device?: NodeRuntimeOptions["device"];
  /** Is told which device is used. */
  readonly onDevice?: NodeRuntimeOptions["onDevice"];
}

const FIELDS: Fields<RecalibrateRequest> = {
  model: "source",
  output: "path",
  images: "data",
  without: "list?",
  falseReject: "number?",
  defects: "data?",
  decision: "text?",
  miss: "number?",
  tile: "number?",
  threads: "number?",
  device: "text?",
  onDevice: "function?",
  onProgress: "function?",
  signal: "signal?",
};

/** What the new thresholds make of the labelled defects. */
export interface DefectCounts {
  readonly total: number;
  readonly found: number;
  readonly review: number;
}

export interface RecalibrateResult {
  readonly modelPath: string;
  readonly metadata: ModelMetadata & { readonly threshold: Thresholds };
  readonly before: Thresholds | undefined;
  /** Images of the folder that the model was trained on, and which therefore took no part. */
  readonly leftOut: number;
  /** Good images, or defects, with the content of another one of them, which took no part either. */
  readonly copies: number;
  /** Absent where the images are those held out of training, or there was no calibration of images cut in the same way before. */
  readonly drift?: Drift;
  /** What is seen of good images where the thresholds were chosen by their very scores; absent where there is a promise. */
  readonly falseRejectSeen?: FalseRejectSeen;
  readonly defects?: DefectCounts;
}

/**
 * Finds a model's thresholds anew, on good images of today and, if wanted, with labelled defects. What it learned does not change.
 *
 * @example
 * const { metadata, drift } = await recalibrate({ model: "model.onnx", output: "model.onnx", images: "todays-good-parts" });
 * if (drift?.hasDrifted) console.log("the parts or the camera have changed");
 *
 * Throws RSAD_ARGUMENT_INVALID for shares that are not between 0 and 1 or that the decision cannot promise, a folder of which all images were trained on,
 * and for tiles of a model that has its own, or a region of interest, or is in the full form, int8 or fp16; RSAD_DATASET_EMPTY,
 * RSAD_DATASET_INVALID for too few defects or an image in both folders, RSAD_FILE_MISSING, RSAD_IMAGE_INVALID, RSAD_MODEL_INVALID,
 * RSAD_PERMISSION_DENIED, RSAD_RUNTIME_FAILED.
 */
export async function recalibrate(request: RecalibrateRequest): Promise<RecalibrateResult> {
  checkFields("recalibrate", request, FIELDS);
  const { output, miss = DEFAULT_MISS } = request;
  checkShare("falseReject", request.falseReject);
  checkShare("miss", miss);
  checkDecision(request.decision, request.falseReject);
  const source = await readSource(request.model, "the model");
  const metadata = decodeMetadata(source.bytes, source.subject);
  if (request.tile !== undefined) checkForTiles(source, metadata);
  return withWritableFolder(dirname(resolve(output)), () =>
    recalibrateModel(source, metadata, { ...request, miss }),
  );
}

async function recalibrateModel(
  { bytes, subject }: ReadSource,
  metadata: ModelMetadata,
  request: RecalibrateRequest & { readonly miss: number },
): Promise<RecalibrateResult> {
  const { output, decision = "false-reject", miss, tile, signal } = request;
  const { without = [], threads, device, onDevice } = request;
  const dataset = typeof request.images === "string" ? await openDataset(request.images) : request.images;
  const known = await knownImages(leaveOut(dataset, without), metadata);
  checkUnseen(known);
  const given = request.defects === undefined ? [] : await defectiveImages(request.defects);
  const hashes = (await hashImages(given)).map(shortHash);
  const isCopy = copiesAmong(hashes);
  const defective = given.filter((_, i) => !isCopy[i]);
  const defectHashes = hashes.filter((_, i) => !isCopy[i]);
  checkDefects(decision, defective.length, miss);
  checkApart(known, defective, defectHashes);
  const runtime = nodeRuntime({ threads, device, onDevice });
  const scorer = await Model.load(bytes, runtime, subject, { background: true, tile });
  try {
    const good = await scoreGood(scorer, decodeAll(known.unseen, "good images", request), signal);
    const defects = await imageScores(scorer, decodeAll(defective, "defects", request), signal);
    const before = metadata.threshold;
    const falseReject = request.falseReject ?? askedFalseReject(before);
    const thresholds = decide({ decision, good, defects, falseReject, miss, origin: known.origin });
    const isComparable = !known.isTrainingData && tile === undefined;
    const earlier = isComparable ? before : undefined;
    const images = [...known.unseenHashes, ...(decision === "false-reject" ? [] : defectHashes)];
    const threshold: Thresholds = {
      ...thresholds,
      images,
      ...(scorer.device !== "cpu" && { device: scorer.device }),
      ...(earlier && { firstScores: firstScoresOf(earlier) }),
    };
    const tiles = tile === undefined ? undefined : { ...tilingOf(tile), trained: 0 };
    const written = { ...metadata, ...(tiles && { tiles }), threshold };
    await writeFileAtomic(output, await withDigest(withMetadata(bytes, written)));
    return {
      modelPath: output,
      metadata: written,
      before,
      leftOut: known.seen.length,
      copies: known.copies + given.length - defective.length,
      ...(earlier && { drift: driftSince(earlier, good.scores) }),
      ...(threshold.falseReject === undefined && {
        falseRejectSeen: falseRejectSeen(good.scores, threshold.image),
      }),
      ...(defective.length > 0 && { defects: countDefects(defects, threshold) }),
    };
  } finally {
    await scorer.close();
  }
}

function checkUnseen({ root, seen, unseen }: KnownImages): void {
  if (unseen.length > 0) return;
  throw new RsadError(seen.length > 0 ? "RSAD_ARGUMENT_INVALID" : "RSAD_DATASET_EMPTY", {
    subject: root,
    expected: "good images that the model was not trained on",
    received: seen.length > 0 ? `${seen.length} that it was trained on` : "none",
    hint:
      seen.length > 0
        ? "Take other good images: those that were learned from score lower than new ones."
        : "Check the path, and the list of images to leave out.",
  });
}

async function defectiveImages(data: string | Dataset): Promise<readonly Sample[]> {
  const { root, train, test } = typeof data === "string" ? await openDataset(data) : data;
  const defects = test.length > 0 ? test.filter(({ type }) => type !== "good") : train;
  if (defects.length > 0) return defects;
  throw new RsadError("RSAD_DATASET_EMPTY", {
    subject: root,
    expected: "defective images, in test/<defect type> or as a folder of their own",
    received: "none",
    hint: "Check the path.",
  });
}

/** Throws RSAD_DATASET_INVALID for an image that is given as good and as defective. */
function checkApart(
  { unseen, unseenHashes }: KnownImages,
  defective: readonly Sample[],
  defectHashes: readonly string[],
): void {
  const named = new Map(unseenHashes.map((hash, i) => [hash, unseen[i]!.name]));
  for (const [i, hash] of defectHashes.entries()) {
    const name = named.get(hash);
    if (name === undefined) continue;
    throw new RsadError("RSAD_DATASET_INVALID", {
      subject: "the good and the defective images",
      expected: "no image in both",
      received: `${name}, which is ${defective[i]!.name} among the defects`,
      hint: "Check both folders.",
    });
  }
}

function countDefects(scores: readonly number[], { image, review = image }: Thresholds): DefectCounts {
  const found = scores.filter((score) => score >= image).length;
  return { total: scores.length, found, review: scores.filter((score) => score >= review).length - found };
}
