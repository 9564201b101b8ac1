import { RsadError } from "../errors.ts";
import { encodeModel, type Graph, type ModelFacts, type Onnx, onnx, readModelFacts } from "../graph/index.ts";
import { decides, withDecision } from "./decision.ts";
import { DIGEST } from "./digest.ts";
import { MODEL_FORMAT, type ModelMetadata, metadataSchema } from "./metadata.ts";

const KEY = "rsad";

/** What the graph of a model for batches calls its input; that of a model is `image`. */
export const BATCH_INPUT = "images";

/** A model file's bytes, without digest. Without metadata it is good for calibration only. */
export function encodeModelFile(graph: Graph, metadata?: ModelMetadata): Uint8Array {
  return encodeModel(graph, metadata === undefined ? {} : { metadata: { [KEY]: JSON.stringify(metadata) } });
}

/**
 * The bytes of a decoded model with other metadata in place of its own. One that decides by itself does so by the new thresholds, and no longer
 * where there are none. It has no digest.
 */
export function encodeWithMetadata(model: Onnx.IModelProto, metadata: ModelMetadata): Uint8Array {
  const { threshold } = metadata;
  const decided = decides(model) ? withDecision(model, threshold) : model;
  const others = (model.metadataProps ?? []).filter(({ key }) => key !== KEY && key !== DIGEST);
  const metadataProps = [...others, { key: KEY, value: JSON.stringify(metadata) }];
  return onnx.ModelProto.encode({ ...decided, metadataProps }).finish();
}

/** A model file's bytes with other metadata in place of its own, without digest. */
export function withMetadata(bytes: Uint8Array, metadata: ModelMetadata): Uint8Array {
  return encodeWithMetadata(onnx.ModelProto.decode(bytes), metadata);
}

/**
 * Reads the metadata of a model file. Throws RSAD_MODEL_INVALID if it is damaged, foreign, of another version, made for batches, or
 * would have the runtime read other files.
 */
export function decodeMetadata(bytes: Uint8Array, subject: string): ModelMetadata {
  if (bytes.length === 0) throw invalidModel(subject, "an ONNX file", "an empty file");
  let facts: ModelFacts;
  try {
    facts = readModelFacts(bytes);
  } catch (cause) {
    throw invalidModel(subject, "an ONNX file", "a damaged file or one of another kind", cause);
  }
  const text = facts.metadata[KEY];
  if (text === undefined)
    throw invalidModel(subject, "an rsad model", "an ONNX file without rsad's metadata");
  if (!facts.selfContained) throw invalidModel(subject, "a model in one file", "weights in another file");
  if (facts.inputs.includes(BATCH_INPUT)) throw ofBatches(subject);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw invalidModel(subject, "metadata that can be read", "damaged metadata", cause);
  }
  const format = (data as { format?: unknown } | null)?.format;
  if (format !== MODEL_FORMAT) {
    throw invalidModel(subject, `a model of format ${MODEL_FORMAT}`, `format ${String(format)}`);
  }
  const result = metadataSchema.safeParse(data);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw invalidModel(subject, "complete metadata", `${issue.path.join(".")}: ${issue.message}`);
}

function ofBatches(subject: string): RsadError {
  return new RsadError("RSAD_MODEL_INVALID", {
    subject,
    expected: "a model of single images",
    received: "one that was exported for batches",
    hint: "That form is for other programs. Name the model that it was made of.",
  });
}

export function invalidModel(
  subject: string,
  expected: string,
  received: string,
  cause?: unknown,
): RsadError {
  return new RsadError("RSAD_MODEL_INVALID", {
    subject,
    expected,
    received,
    hint: "Pass a model.onnx written by this version of rsad, or train it again.",
    cause,
  });
}
