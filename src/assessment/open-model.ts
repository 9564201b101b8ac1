import { readFile } from "node:fs/promises";
import { fileError } from "../files.ts";
import { type NodeRuntimeOptions, nodeRuntime } from "../graph/index.ts";
import { type LoadOptions, Model } from "../model/index.ts";

export interface OpenModelOptions extends NodeRuntimeOptions, LoadOptions {}

/**
 * Opens a model file for scoring on this machine. The library calls it `load`.
 *
 * @example
 * const model = await load("rsad-bottle/model.onnx");
 * const { score, map } = await model.score(await decodeImage("photo.png"));
 * await model.close();
 *
 * Throws RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED, RSAD_MODEL_INVALID, RSAD_RUNTIME_FAILED; RSAD_ARGUMENT_INVALID for tiles that the
 * model cannot take.
 */
export async function openModel(path: string, options: OpenModelOptions = {}): Promise<Model> {
  const bytes = await readFile(path).catch((cause) => {
    throw fileError(cause, path);
  });
  return Model.load(bytes, nodeRuntime(options), path, options);
}
