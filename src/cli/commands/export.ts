import { access } from "node:fs/promises";
import { format, parse, resolve } from "node:path";
import type { Command } from "commander";
import { PRECISIONS, type Precision } from "../../model/index.ts";
import { DEFAULT_MAX_LOSS, type QuantiseResult, quantise } from "../../quantisation/index.ts";
import { shellWord } from "../../shell-word.ts";
import type { Context } from "../context.ts";
import { EXIT } from "../exit-code.ts";
import {
  addCommonOptions,
  type CommonOptions,
  finiteNumber,
  invalidOption,
  oneOf,
  wholeNumber,
} from "../options.ts";
import type { Perform } from "../perform.ts";
import { figure, percent } from "../table.ts";

interface Options extends CommonOptions {
  readonly precision: Precision;
  readonly images: string;
  readonly check?: string;
  readonly maxLoss?: number;
  readonly out?: string;
  readonly threads?: number;
  readonly force?: true;
}

const EXAMPLES = `
int8 computes most convolutions and products in 8-bit integers: about a quarter of the size, and faster on a CPU. fp16 stores
the weights in half precision and computes as before: half the size, the same speed, hardly any change of scores.

--images are good images, best the data set that the model was trained on: activations are measured on those it learned from,
and thresholds are found anew on those that were held out. Of other images a random half is for thresholds.
With --check both models are measured on labelled images. Where the smaller one's image AUROC is lower by more than --max-loss
points, nothing is written and the exit code is 2. Without it the loss is not measured, and the command says so.

Examples:
  rsad export rsad-bottle/model.onnx --precision int8 --images data/bottle --check data/bottle
  rsad export rsad-bottle/model.onnx --precision fp16 --images good-parts --out bottle-small.onnx
`;

export function defineExport(command: Command, perform: Perform): void {
  command
    .description("Writes a model in a smaller, faster form, and measures what that costs.")
    .argument("<model>", "a trained model, such as rsad-bottle/model.onnx")
    .requiredOption("--precision <name>", PRECISIONS.join(" or "), oneOf("--precision", PRECISIONS))
    .requiredOption("--images <dir>", "good images: a folder, or a data set with train/good")
    .option(
      "--check <dir>",
      "labelled images to measure the loss on: a data set with test/good and test/<defect type>",
    )
    .option(
      "--max-loss <points>",
      `loss of image AUROC on --check that is accepted (default: ${DEFAULT_MAX_LOSS})`,
      finiteNumber("--max-loss"),
    )
    .option("--out <file>", "the model file to write (default: <model>.<precision>.onnx, beside the model)")
    .option(
      "--threads <n>",
      "threads of the runtime (default: the number of cores)",
      wholeNumber("--threads", 1),
    )
    .option("--force", "replace the file that is there")
    .addHelpText("after", EXAMPLES);
  addCommonOptions(command).action((model: string, options: Options) =>
    perform(options, (context) => exportModel(model, options, context)),
  );
}

async function exportModel(model: string, options: Options, context: Context): Promise<number> {
  const { precision, images, check, maxLoss, threads } = options;
  if (maxLoss !== undefined && check === undefined) {
    throw invalidOption(
      "--max-loss",
      "--check beside it",
      "none",
      "The loss is measured on labelled images.",
    );
  }
  const output = options.out ?? beside(model, precision);
  await refuseToReplace(output, model, options);
  const { onProgress, signal } = context;
  const result = await quantise({
    model,
    output,
    precision,
    images,
    check,
    maxLoss,
    threads,
    onProgress,
    signal,
  });
  context.print(describe(result, model));
  if (result.check === undefined) {
    context.warn("The loss of accuracy is not measured: give labelled images by --check.");
  }
  context.printJson({ model: output, ...result, modelPath: undefined });
  return EXIT.ok;
}

function beside(model: string, precision: Precision): string {
  const { dir, name } = parse(model);
  return format({ dir, name: `${name}.${precision}`, ext: ".onnx" });
}

async function refuseToReplace(output: string, model: string, { force }: Options): Promise<void> {
  if (resolve(output) === resolve(model)) {
    throw invalidOption("--out", "another file than the model", output, "Choose another --out.");
  }
  const isThere = await access(output).then(
    () => true,
    () => false,
  );
  if (isThere && !force) {
    throw invalidOption(
      "--out",
      "a file that is not there yet",
      output,
      "Choose another --out, or add --force.",
    );
  }
}

function describe({ modelPath, metadata, bytes, agreement, check }: QuantiseResult, model: string): string {
  const { threshold } = metadata;
  const megabytes = (count: number) => `${(count / 1e6).toFixed(1)} MB`;
  const change = (label: string, { before, after }: { before: number; after: number }) =>
    `${label}${percent(before)} before, ${percent(after)} now`;
  return [
    `Model        ${modelPath}`,
    `Size         ${megabytes(bytes.after)} of ${megabytes(bytes.before)}`,
    ...(agreement === undefined
      ? []
      : [
          `Agreement    rank correlation ${agreement.rankCorrelation?.toFixed(4) ?? "-"}, scores change by up to ${figure(agreement.largestChange)} where they range over ${figure(agreement.spread)} (${agreement.count} good images)`,
        ]),
    ...(check === undefined ? [] : [change("Image AUROC  ", check.imageAuroc)]),
    ...(check?.pixelAuroc === undefined ? [] : [change("Pixel AUROC  ", check.pixelAuroc)]),
    threshold === undefined
      ? "Thresholds   none: no good images were held out; give --threshold when inspecting"
      : `Thresholds   found anew: image ${figure(threshold.image)}, pixel ${figure(threshold.pixel)} (${threshold.count} good images); those of ${model} do not fit`,
    `Next         rsad inspect ${shellWord(modelPath)} IMAGE...`,
  ].join("\n");
}
