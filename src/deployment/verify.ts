import { basename } from "node:path";
import { RsadError } from "../errors.ts";
import { meanAndDeviation } from "../evaluation/index.ts";
import { checkFields, type Fields } from "../fields.ts";
import { type FileSource, readSource } from "../files.ts";
import { type NodeRuntimeOptions, nodeRuntime } from "../graph/index.ts";
import { decodeImage, type ImageSource } from "../images/index.ts";
import {
  checkDigest,
  decodeMetadata,
  type ModelMetadata,
  nameImage,
  type Precision,
} from "../model/index.ts";
import type { Image } from "../pixels/index.ts";
import type { OnProgress } from "../progress.ts";
import {
  agreement,
  type Difference,
  difference,
  NO_DIFFERENCE,
  type PathAgreement,
  worse,
} from "./path-agreement.ts";
import {
  type OpenPath,
  type OtherForm,
  openModel,
  type PathResult,
  pathsOf,
  type VerifiedPath,
} from "./verify-paths.ts";

export interface VerifyRequest {
  /** A trained model: its file, or the file's bytes. */
  readonly model: FileSource;
  /** Images to score in every way; good or not. */
  readonly images: readonly ImageSource[];
  /** Files of other forms of the model: full, int8, fp16. */
  readonly others?: readonly FileSource[] | undefined;
  readonly threads?: NodeRuntimeOptions["threads"];
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

const FIELDS: Fields<VerifyRequest> = {
  model: "source",
  images: "list",
  others: "list?",
  threads: "number?",
  onProgress: "function?",
  signal: "signal?",
};

export interface Verification {
  /** The standard deviation of scores: of the good images that the model was calibrated with, else of the images looked at. */
  readonly deviation: number;
  readonly images: number;
  /** The model's; absent where it is float32. */
  readonly precision?: Precision;
  readonly paths: readonly PathAgreement[];
}

/**
 * Scores images in every way that there is - the model's own graph, the full and the batch graph, the browser's runtime, other forms - and says how
 * far they are apart. Throws RSAD_DATASET_EMPTY without images; RSAD_ARGUMENT_INVALID for another model among `others`;
 * RSAD_FILE_MISSING, RSAD_IMAGE_INVALID, RSAD_MODEL_INVALID, RSAD_RUNTIME_FAILED.
 */
export async function verify(request: VerifyRequest): Promise<Verification> {
  checkFields("verify", request, FIELDS);
  const { images, others = [], onProgress, signal } = request;
  if (images.length === 0) throw noImages();
  const { bytes, subject } = await readSource(request.model, "the model");
  const metadata = decodeMetadata(bytes, subject);
  const { threshold } = metadata;
  const runtime = nodeRuntime({ threads: request.threads });
  const forms = await Promise.all(
    others.map(async (form, i) => {
      const { bytes, subject } = await readSource(form, `form ${i + 1}`);
      return readForm(basename(subject), bytes, metadata);
    }),
  );
  const paths = pathsOf(bytes, metadata, runtime, forms);
  const open: OpenPath[] = [];
  try {
    const own = await openModel(bytes, runtime, subject);
    open.push(own);
    const compared: { path: VerifiedPath; opened: OpenPath; worst: Difference }[] = [];
    for (const path of paths) {
      const opened = await path.open();
      open.push(opened);
      compared.push({ path, opened, worst: NO_DIFFERENCE });
    }
    const scores: number[] = [];
    for (const [done, source] of images.entries()) {
      signal?.throwIfAborted();
      onProgress?.({ phase: "verifying", done, total: images.length });
      const image = await decodeImage(source);
      const name = typeof source === "string" ? source : `image ${done + 1}`;
      const expected = await scored(own, image, name, signal);
      scores.push(expected.score);
      for (const entry of compared) {
        const found = await scored(entry.opened, image, name, signal);
        entry.worst = worse(entry.worst, difference(expected, found, entry.path.thresholds));
      }
    }
    onProgress?.({ phase: "verifying", done: images.length, total: images.length });
    const deviation = spread(threshold?.scores ?? []) || spread(scores) || 1;
    const agreements = compared.map(({ path, worst }) => agreement(path, worst, deviation));
    const precision = metadata.precision?.weights;
    return { deviation, images: images.length, ...(precision && { precision }), paths: agreements };
  } finally {
    for (const opened of open) await opened.close();
  }
}

/** Throws RSAD_ARGUMENT_INVALID for a model of other images, another network or another recipe, RSAD_MODEL_INVALID. */
async function readForm(name: string, bytes: Uint8Array, model: ModelMetadata): Promise<OtherForm> {
  const identity = ({ data, backbone, recipe, seed }: ModelMetadata) =>
    JSON.stringify([data.sha256, backbone.sha256, recipe, seed]);
  const metadata = decodeMetadata(bytes, name);
  await checkDigest(bytes, name);
  if (identity(metadata) === identity(model)) return { name, bytes, metadata };
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: name,
    expected: "another form of the same model",
    received: "a model that was trained otherwise or on other images",
    hint: "Compare a model with what rsad export made of it.",
  });
}

function scored(
  path: OpenPath,
  image: Image,
  name: string,
  signal: AbortSignal | undefined,
): Promise<PathResult> {
  return path.score(image, signal).catch((error) => Promise.reject(nameImage(error, name)));
}

/** The sample standard deviation; 0 of fewer than two. */
function spread(values: readonly number[]): number {
  return values.length === 0 ? 0 : (meanAndDeviation(values).deviation ?? 0);
}

function noImages(): RsadError {
  return new RsadError("RSAD_DATASET_EMPTY", {
    subject: "images",
    expected: "at least one image",
    received: "none",
    hint: "A few images of the kind that the model inspects are enough.",
  });
}
