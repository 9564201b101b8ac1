import { checkFields, type Fields } from "../fields.ts";
import { type FileSource, readSource } from "../files.ts";
import { type NodeRuntimeOptions, nodeRuntime } from "../graph/index.ts";
import { type LoadOptions, Model } from "../model/index.ts";

export interface OpenModelOptions extends NodeRuntimeOptions, LoadOptions {}

const OPTIONS: Fields<OpenModelOptions> = {
  threads: "number?",
  device: "text?",
  onDevice: "function?",
  background: "flag?",
  tile: "number?",
  sessions: "number?",
};

/**
 * Opens a model file, given as its path or its bytes, for scoring on this machine. The library calls it `load`.
 *
 * @example
 * const model = await load("rsad-bottle/model.onnx");
 * const { score, map } = await model.score(await decodeImage("photo.png"));
 * await model.close();
 *
 * Throws RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED, RSAD_MODEL_INVALID, RSAD_RUNTIME_FAILED; RSAD_ARGUMENT_INVALID for tiles that the
 * model cannot take.
 */
export async function openModel(source: FileSource, options: OpenModelOptions = {}): Promise<Model> {
  checkFields("load", options, OPTIONS);
  const { bytes, subject } = await readSource(source, "the model");
  return Model.load(bytes, nodeRuntime(options), subject, options);
}
