import { format, parse } from "node:path";
import type { Command } from "commander";
import { percentage, rounded } from "../../format.ts";
import { PRECISIONS, type Precision, type Thresholds } from "../../model/index.ts";
import { DEFAULT_MAX_LOSS, type QuantiseResult, quantise } from "../../quantisation/index.ts";
import { shellWord } from "../../shell-word.ts";
import type { Context } from "../context.ts";
import { describeThresholds } from "../describe-thresholds.ts";
import { invalidOption, numberUpTo, oneOf } from "../options.ts";
import type { Exported, ExportForm, ExportOptions } from "./form.ts";
import { refuseToReplace } from "./refuse-to-replace.ts";

interface PrecisionOptions extends ExportOptions {
  readonly precision?: Precision;
  readonly images?: string;
  readonly check?: string;
  readonly maxLoss?: number;
  readonly out?: string;
}

/** A model file in less precision: smaller, and faster in integers. */
export const PRECISION: ExportForm = {
  option: "--precision <name>",
  help: `
int8 computes most convolutions and products in 8-bit integers: about a quarter of the size, and faster on a CPU. fp16 stores
the weights in half precision and computes as before: half the size, the same speed, hardly any change of scores.

--images are good images, best the data set that the model was trained on: activations are measured on those it learned from,
and thresholds are found anew on those that were held out. Of other images a random half is for thresholds.
With --check both models are measured on labelled images. Where the smaller one's image AUROC is lower by more than --max-loss
points, nothing is written and the exit code is 2. Without it the loss is not measured, and the command says so.`,
  examples: [
    "rsad export rsad-bottle/model.onnx --precision int8 --images data/bottle --check data/bottle",
    "rsad export rsad-bottle/model.onnx --precision fp16 --images good-parts --out bottle-small.onnx",
  ],
  addOptions,
  isAsked: ({ precision }: PrecisionOptions) => precision !== undefined,
  outputOf,
  check,
  write,
};

function addOptions(command: Command): void {
  command
    .option(
      "--precision <name>",
      `write a smaller model: ${PRECISIONS.join(" or ")}`,
      oneOf("--precision", PRECISIONS),
    )
    .option("--images <dir>", "good images: a folder, or a data set with train/good")
    .option(
      "--check <dir>",
      "labelled images to measure the loss on: a data set with test/good and test/<defect type>",
    )
    .option(
      "--max-loss <points>",
      `loss of image AUROC on --check that is accepted (default: ${DEFAULT_MAX_LOSS})`,
      numberUpTo(100, "--max-loss"),
    )
    .option("--out <file>", "the model file to write (default: <model>.<precision>.onnx, beside the model)");
}

/** Throws RSAD_ARGUMENT_INVALID for options of this form that nothing would heed. */
export function refuseStrays(options: PrecisionOptions): void {
  if (options.precision !== undefined) return;
  const stray = (["images", "check", "maxLoss", "out", "threads"] as const).find(
    (name) => options[name] !== undefined,
  );
  if (stray === undefined) return;
  const option = stray === "maxLoss" ? "--max-loss" : `--${stray}`;
  const hint =
    stray === "out"
      ? "The other forms name their files themselves: --full FILE."
      : "Nothing is computed for the other forms.";
  throw invalidOption(option, "--precision beside it", "none", hint);
}

async function check(model: string, options: PrecisionOptions): Promise<void> {
  const { images, maxLoss, check } = options;
  if (images === undefined) {
    throw invalidOption(
      "--precision",
      "--images beside it",
      "none",
      "Thresholds are found anew on good images: --images DIR.",
    );
  }
  if (maxLoss !== undefined && check === undefined) {
    throw invalidOption(
      "--max-loss",
      "--check beside it",
      "none",
      "The loss is measured on labelled images.",
    );
  }
  await refuseToReplace("--out", outputOf(model, options), [model], options.force);
}

async function write(model: string, options: PrecisionOptions, context: Context): Promise<Exported> {
  const { check, maxLoss, threads } = options;
  const { onProgress, signal } = context;
  const output = outputOf(model, options);
  context.resumeHint = "No smaller model is written; run the same command again.";
  const result = await quantise({
    model,
    output,
    precision: options.precision!,
    images: options.images!,
    check,
    maxLoss,
    threads,
    onProgress,
    signal,
  });
  context.resumeHint = undefined;
  if (result.lost) {
    context.warn(
      "Defects took part in the model's thresholds (--decide). The new ones are of good images alone: calibrate again.",
    );
  }
  if (result.check === undefined) {
    context.warn("The loss of accuracy is not measured: give labelled images by --check.");
  }
  return {
    text: describe(result, model),
    json: { model: output, ...result, modelPath: undefined },
  };
}

function outputOf(model: string, { out, precision }: PrecisionOptions): string {
  if (out !== undefined) return out;
  const { dir, name } = parse(model);
  return format({ dir, name: `${name}.${precision}`, ext: ".onnx" });
}

function describe({ modelPath, metadata, bytes, agreement, check }: QuantiseResult, model: string): string {
  const { threshold } = metadata;
  const megabytes = (count: number) => `${(count / 1e6).toFixed(1)} MB`;
  const change = (label: string, { before, after }: { before: number; after: number }) =>
    `${label}${percentage(before)} before, ${percentage(after)} now`;
  return [
    `Model        ${modelPath}`,
    `Size         ${megabytes(bytes.after)} of ${megabytes(bytes.before)}`,
    ...(agreement === undefined
      ? []
      : [
          `Agreement    rank correlation ${agreement.rankCorrelation?.toFixed(4) ?? "-"}, scores change by up to ${rounded(agreement.largestChange)} where they range over ${rounded(agreement.spread)} (${agreement.count} good images)`,
        ]),
    ...(check === undefined ? [] : [change("Image AUROC  ", check.imageAuroc)]),
    ...(check?.pixelAuroc === undefined ? [] : [change("Pixel AUROC  ", check.pixelAuroc)]),
    threshold === undefined
      ? "Thresholds   none: no good images were held out; give --threshold when inspecting"
      : [
          `Thresholds   found anew: image ${rounded(threshold.image)}, pixel ${rounded(threshold.pixel)} (${threshold.count} good images); those of ${model} do not fit`,
          ...promiseOf(threshold),
        ].join("\n"),
    `Next         rsad inspect ${shellWord(modelPath)} IMAGE...`,
  ].join("\n");
}

/** As a calibration has it, a column further right. */
function promiseOf(threshold: Thresholds): string[] {
  return describeThresholds(threshold)
    .slice(1)
    .map((line) => line.replace(/ {2,}/, "$& "));
}
