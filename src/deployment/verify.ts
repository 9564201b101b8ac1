import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { RsadError } from "../errors.ts";
import { meanAndDeviation } from "../evaluation/index.ts";
import { fileError } from "../files.ts";
import { type NodeRuntimeOptions, nodeRuntime } from "../graph/index.ts";
import { decodeImage } from "../images/index.ts";
import { decodeMetadata } from "../model/index.ts";
import type { OnProgress } from "../progress.ts";
import {
  type OpenPath,
  openModel,
  type PathResult,
  pathsOf,
  type Tolerance,
  type VerifiedPath,
} from "./verify-paths.ts";

export interface VerifyRequest {
  /** A trained model's file. */
  readonly model: string;
  /** Image files to score in every way; good or not. */
  readonly images: readonly string[];
  /** Files of other forms of the model, such as int8, whose differences are told and not judged. */
  readonly others?: readonly string[] | undefined;
  readonly threads?: NodeRuntimeOptions["threads"];
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How far a way to a score is from the model's own graph in Node, on the same decoded pixels. */
export interface PathAgreement {
  readonly path: string;
  /** The largest difference of scores, in units of {@link Verification.deviation}. */
  readonly score: number;
  /** The largest difference of map values of any pixel, in the same units. A pixel that only one of both has inspected counts as infinite. */
  readonly map: number;
  /** Images that it decides otherwise. */
  readonly verdicts: number;
  /** The largest differences that are accepted, in the same units; absent where any are. */
  readonly tolerance?: Tolerance;
  readonly agrees: boolean;
}

export interface Verification {
  /** The standard deviation of scores: of the good images that the model was calibrated with, else of the images looked at. */
  readonly deviation: number;
  readonly images: number;
  readonly paths: readonly PathAgreement[];
}

/**
 * Scores images in every way that there is - the model's own graph, the full and the batch graph, the browser's runtime, other forms - and says how
 * far they are apart. Throws RSAD_DATASET_EMPTY without images; RSAD_FILE_MISSING, RSAD_IMAGE_INVALID, RSAD_MODEL_INVALID, RSAD_RUNTIME_FAILED.
 */
export async function verify(request: VerifyRequest): Promise<Verification> {
  const { model: path, images, others = [], onProgress, signal } = request;
  if (images.length === 0) throw noImages();
  const bytes = await read(path);
  const { threshold, ...metadata } = decodeMetadata(bytes, path);
  const runtime = nodeRuntime({ threads: request.threads });
  const forms = await Promise.all(
    others.map(async (file) => ({ name: basename(file), bytes: await read(file) })),
  );
  const paths = pathsOf(bytes, { threshold, ...metadata }, runtime, forms);
  const open: OpenPath[] = [];
  try {
    const own = await openModel(bytes, runtime, path);
    open.push(own);
    const compared: { path: OpenPath; worst: Difference }[] = [];
    for (const { open: openPath } of paths) {
      const opened = await openPath();
      open.push(opened);
      compared.push({ path: opened, worst: { score: 0, map: 0, verdicts: 0 } });
    }
    const scores: number[] = [];
    for (const [done, file] of images.entries()) {
      signal?.throwIfAborted();
      onProgress?.({ phase: "verifying", done, total: images.length });
      const image = await decodeImage(file);
      const expected = await own.score(image);
      scores.push(expected.score);
      for (const entry of compared) {
        entry.worst = worse(entry.worst, difference(expected, await entry.path.score(image)));
      }
    }
    onProgress?.({ phase: "verifying", done: images.length, total: images.length });
    const deviation = spread(threshold?.scores ?? []) || spread(scores) || 1;
    const agreements = paths.map((path, i) => agreement(path, compared[i]!.worst, deviation));
    return { deviation, images: images.length, paths: agreements };
  } finally {
    for (const opened of open) await opened.close();
  }
}

interface Difference {
  readonly score: number;
  readonly map: number;
  readonly verdicts: number;
}

function difference(expected: PathResult, found: PathResult): Difference {
  return {
    score: Math.abs(found.score - expected.score),
    map: mapDifference(expected.map, found.map),
    verdicts: found.verdict === expected.verdict ? 0 : 1,
  };
}

function mapDifference(expected: Float32Array, found: Float32Array): number {
  let greatest = 0;
  for (let i = 0; i < expected.length; i++) {
    const by = Math.abs(found[i]! - expected[i]!);
    if (by > greatest) greatest = by;
    else if (Number.isNaN(by) && Number.isNaN(found[i]!) !== Number.isNaN(expected[i]!)) return Infinity;
  }
  return greatest;
}

function worse(a: Difference, b: Difference): Difference {
  return {
    score: Math.max(a.score, b.score),
    map: Math.max(a.map, b.map),
    verdicts: a.verdicts + b.verdicts,
  };
}

function agreement(
  { name, tolerance }: VerifiedPath,
  { score, map, verdicts }: Difference,
  deviation: number,
): PathAgreement {
  const [scores, maps] = [score / deviation, map / deviation];
  const agrees = tolerance === undefined || (scores <= tolerance.score && maps <= tolerance.map);
  return {
    path: name,
    score: scores,
    map: maps,
    verdicts,
    ...(tolerance !== undefined && { tolerance }),
    agrees,
  };
}

/** The sample standard deviation; 0 of fewer than two. */
function spread(values: readonly number[]): number {
  return values.length === 0 ? 0 : (meanAndDeviation(values).deviation ?? 0);
}

async function read(file: string): Promise<Uint8Array> {
  return readFile(file).catch((cause) => Promise.reject(fileError(cause, file)));
}

function noImages(): RsadError {
  return new RsadError("RSAD_DATASET_EMPTY", {
    subject: "images",
    expected: "at least one image",
    received: "none",
    hint: "A few images of the kind that the model inspects are enough.",
  });
}
