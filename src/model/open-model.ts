import { readFile } from "node:fs/promises";
import { fileError } from "../files.ts";
import { type NodeRuntimeOptions, nodeRuntime } from "../graph/index.ts";
import { Model } from "./model.ts";

/**
 * Opens a model file for scoring on this machine.
 *
 * @example
 * const model = await openModel("rsad-bottle/model.onnx");
 * const { score, map } = await model.score(await decodeImage("photo.png"));
 * await model.close();
 *
 * Throws RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED, RSAD_MODEL_INVALID, RSAD_RUNTIME_FAILED.
 */
export async function openModel(path: string, options: NodeRuntimeOptions = {}): Promise<Model> {
  const bytes = await readFile(path).catch((cause) => {
    throw fileError(cause, path);
  });
  return Model.load(bytes, nodeRuntime(options), path);
}
