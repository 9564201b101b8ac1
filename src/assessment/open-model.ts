import { readFile } from "node:fs/promises";
import { fileError } from "../files.ts";
import { type NodeRuntimeOptions, nodeRuntime, type OpenOptions } from "../graph/index.ts";
import { Model } from "../model/index.ts";

export interface OpenModelOptions extends NodeRuntimeOptions, OpenOptions {}

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
export async function openModel(path: string, options: OpenModelOptions = {}): Promise<Model> {
  const bytes = await readFile(path).catch((cause) => {
    throw fileError(cause, path);
  });
  return Model.load(bytes, nodeRuntime(options), path, options);
}
