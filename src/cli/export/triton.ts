import { basename, dirname, join, parse, resolve } from "node:path";
import type { Command } from "commander";
import { TRITON_BATCH, writeTritonRepository } from "../../deployment/index.ts";
import { exists } from "../../files.ts";
import { shellWord } from "../../shell-word.ts";
import { invalidOption } from "../options.ts";
import type { Exported, ExportForm, ExportOptions } from "./form.ts";

interface TritonOptions extends ExportOptions {
  readonly triton?: string;
}

/** A model repository for an inference server. */
export const TRITON: ExportForm = {
  option: "--triton <dir>",
  help: `
--triton adds the model to a model repository of NVIDIA's Triton Inference Server, under its file's name, or its folder's where the file is called
model.onnx: batches of up to ${TRITON_BATCH} images, put together by the server.`,
  examples: ["rsad export rsad-bottle/model.onnx --triton model-repository"],
  addOptions: (command: Command) => {
    command.option("--triton <dir>", "add the model to a model repository of the Triton Inference Server");
  },
  isAsked: ({ triton }: TritonOptions) => triton !== undefined,
  check,
  write,
};

async function check(model: string, { triton, force }: TritonOptions): Promise<void> {
  const folder = join(triton!, nameOf(model));
  if (force || !(await exists(folder))) return;
  const hint = "Choose another --triton, or add --force to replace the model there.";
  throw invalidOption("--triton", "a repository without a model of this name", folder, hint);
}

async function write(model: string, options: TritonOptions): Promise<Exported> {
  const name = nameOf(model);
  const files = await writeTritonRepository({ model, output: options.triton!, name });
  const lines = [
    `Repository   ${options.triton}, model ${name}`,
    `Next         tritonserver --model-repository ${shellWord(options.triton!)}`,
  ];
  return { text: lines.join("\n"), json: { triton: { repository: options.triton, name, files } } };
}

/** The file's own name, or its folder's where that says nothing. */
function nameOf(model: string): string {
  const { name } = parse(model);
  const own = name === "model" ? basename(dirname(resolve(model))) : name;
  return own.replace(/[^\w.-]/g, "_") || "rsad";
}
