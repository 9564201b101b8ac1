import { checkFields, type Fields } from "../fields.ts";
import { type WebRuntimeOptions, webRuntime } from "../graph/index.ts";
import { Model, type LoadOptions as ModelOptions } from "../model/index.ts";
import { type FetchOptions, fetchBytes } from "./fetch-bytes.ts";
import { RUNTIME_FILES } from "./runtime-files.ts";

export interface LoadOptions extends WebRuntimeOptions, FetchOptions, Pick<ModelOptions, "tile"> {}

const OPTIONS: Fields<LoadOptions> = {
  device: "text?",
  threads: "number?",
  files: "object?",
  module: "address?",
  onDevice: "function?",
  tile: "number?",
  onProgress: "function?",
  signal: "signal?",
};

/**
 * Opens a model file, given as its bytes or its address, for scoring in this browser.
 *
 * @example
 * const model = await load("model.onnx");
 * const { verdict, score, regions } = await inspect(model, await decode(file));
 *
 * Throws RSAD_DOWNLOAD_FAILED, RSAD_MODEL_INVALID, RSAD_RUNTIME_FAILED; RSAD_ARGUMENT_INVALID for tiles that the model cannot take; the
 * signal's reason when aborted.
 */
export async function load(
  source: Uint8Array | ArrayBuffer | string | URL,
  options: LoadOptions = {},
): Promise<Model> {
  checkFields("load", { source }, { source: "address" });
  checkFields("load", options, OPTIONS);
  const { onProgress, signal, tile, ...runtime } = options;
  const isAddress = typeof source === "string" || source instanceof URL;
  const bytes = isAddress ? await fetchBytes(source, { onProgress, signal }) : new Uint8Array(source);
  const subject = isAddress ? String(source) : "the model";
  return Model.load(bytes, webRuntime({ files: RUNTIME_FILES, ...runtime }), subject, { tile });
}
