import { format, parse, resolve } from "node:path";
import type { Command } from "commander";
import { writeBatchModel, writeFullModel } from "../../deployment/index.ts";
import { invalidOption } from "../options.ts";
import type { Exported, ExportForm, ExportOptions } from "./form.ts";
import { refuseToReplace } from "./refuse-to-replace.ts";

interface FullOptions extends ExportOptions {
  /** True where no file is named. */
  readonly full?: string | true;
  readonly batch?: string | true;
}

type Kind = "full" | "batch";

const WRITERS = { full: writeFullModel, batch: writeBatchModel };

/** A model that decides by itself. */
export const FULL: ExportForm = {
  option: "--full [file]",
  help: `
--full writes a model whose graph goes from an image's pixels (uint8 [height, width, 3], any size from 1 x 1 on) to map, score, p-value and decision (0 good,
1 review, 2 defect): what any ONNX Runtime in any language needs, and nothing else. --batch writes the same for images of one size
together. Both decide by the model's thresholds; rsad calibrate changes those of a full model, too. What is made for batches is for other programs alone.`,
  examples: [
    "rsad export rsad-bottle/model.onnx --full",
    "rsad export model.onnx --full a.onnx --batch b.onnx",
  ],
  addOptions: (command: Command) => {
    command.option(
      "--full [file]",
      "write a model that decides by itself (default: <model>.full.onnx, beside the model)",
    );
  },
  isAsked: ({ full }: FullOptions) => full !== undefined,
  check: (...args) => refuse("full", ...args),
  write: (model, options) => write("full", model, options),
};

/** The same for several images at once. */
export const BATCH: ExportForm = {
  option: "--batch [file]",
  help: "",
  examples: [],
  addOptions: (command: Command) => {
    command.option(
      "--batch [file]",
      "the same for images of one size together (default: <model>.batch.onnx, beside the model)",
    );
  },
  isAsked: ({ batch }: FullOptions) => batch !== undefined,
  check: (...args) => refuse("batch", ...args),
  write: (model, options) => write("batch", model, options),
};

async function refuse(kind: Kind, model: string, options: FullOptions, given: string): Promise<void> {
  const { full, batch, force } = options;
  const output = outputOf(kind, model, options);
  const isBoth = full !== undefined && batch !== undefined;
  if (isBoth && resolve(outputOf("full", model, options)) === resolve(outputOf("batch", model, options))) {
    throw invalidOption("--batch", "another file than --full", output, "Name two files, or none.");
  }
  await refuseToReplace(`--${kind}`, output, [given, model], force);
}

async function write(kind: Kind, model: string, options: FullOptions): Promise<Exported> {
  const output = outputOf(kind, model, options);
  await WRITERS[kind]({ model, output });
  const input =
    kind === "full" ? "image, uint8 [height, width, 3]" : "images, uint8 [batch, height, width, 3]";
  const lines = [
    `${kind === "full" ? "Full model " : "Batch model"}  ${output}`,
    `             in: ${input}; out: anomaly_map, score, p_value, decision (0 good, 1 review, 2 defect)`,
  ];
  return { text: lines.join("\n"), json: { [kind]: output } };
}

function outputOf(kind: Kind, model: string, options: FullOptions): string {
  const named = options[kind];
  if (typeof named === "string") return named;
  const { dir, name } = parse(model);
  return format({ dir, name: `${name}.${kind}`, ext: ".onnx" });
}
