import { checkFields, type Fields } from "../fields.ts";
import { type FileSource, readSource, writeFileAtomic } from "../files.ts";
import { checkDigest, fullModel, withDigest } from "../model/index.ts";
import { batchModel } from "./batch-model.ts";

export interface WriteModelRequest {
  /** A trained model: its file, or the file's bytes. */
  readonly model: FileSource;
  /** The file to write. */
  readonly output: string;
}

const FIELDS: Fields<WriteModelRequest> = { model: "source", output: "path" };

/**
 * Writes a model whose graph goes from an image's pixels to its verdict: `image` uint8 [height, width, 3] in; `anomaly_map` float32
 * [height, width], `score` and `p_value` float32 and `decision` int64 (0 good, 1 review, 2 defect) out. Any ONNX Runtime runs it with nothing else.
 *
 * Throws RSAD_MODEL_INVALID, RSAD_ARGUMENT_INVALID for a model without thresholds, RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED.
 */
export async function writeFullModel(request: WriteModelRequest): Promise<void> {
  checkFields("writeFullModel", request, FIELDS);
  const { model, output } = request;
  await writeFileAtomic(output, await withDigest(await readFull(model)));
}

/** The same for images of one size together: `images` uint8 [batch, height, width, 3], and `batch` before the axes of each output. */
export async function writeBatchModel(request: WriteModelRequest): Promise<void> {
  checkFields("writeBatchModel", request, FIELDS);
  const { model, output } = request;
  await writeFileAtomic(output, await withDigest(batchModel(await readFull(model))));
}

export async function readFull(model: FileSource): Promise<Uint8Array> {
  const { bytes, subject } = await readSource(model, "the model");
  await checkDigest(bytes, subject);
  return fullModel(bytes, subject);
}
