import { dirname, join } from "node:path";
import type { Command } from "commander";
import { describeSmallestDefect } from "../../report/index.ts";
import type { Context } from "../context.ts";
import { addDeviceOption, type DeviceOption, runtimeOptions } from "../device.ts";
import { describeEvaluation, evaluateFolder } from "../evaluate-folder.ts";
import { EXIT } from "../exit-code.ts";
import {
  addCommonOptions,
  type CommonOptions,
  finiteNumber,
  invalidOption,
  positiveNumber,
  threadCount,
} from "../options.ts";
import type { Perform } from "../perform.ts";

interface Options extends CommonOptions, DeviceOption {
  readonly out?: string;
  readonly threshold?: number;
  readonly smallestDefect?: true;
  readonly mmPerPixel?: number;
  readonly threads?: number;
}

const EXAMPLES = `
Inspects the images in test/good and test/<defect type> and compares verdicts, scores and maps with the truth: the
folders' names, and the masks in ground_truth at their full resolution. Writes report.html, which needs nothing
but a browser, and evaluation.json with every image's score, in place of those of an earlier evaluation. Of a model with a review threshold it says how many good and defective
images are called good, for review and defective; those for review count as neither found nor missed.

With --smallest-defect it also plants dark and light spots of growing size into good test images, and says from which size
on at least 90 % of them are found: the image is called defective, and the map reaches the pixel threshold on the spot. 40
spots of each size at two contrasts take some 800 runs of the model more. Planted spots are not your defects.

Examples:
  rsad evaluate rsad-bottle/model.onnx data/bottle
  rsad evaluate rsad-bottle/model.onnx data/bottle --out report --json
  rsad evaluate rsad-bottle/model.onnx data/bottle --threshold 1.5
  rsad evaluate rsad-bottle/model.onnx data/bottle --smallest-defect --mm-per-pixel 0.08
`;

export function defineEvaluate(command: Command, perform: Perform): void {
  command
    .description("Measures how well a model tells good from defective on a data set's test images.")
    .argument("<model>", "a trained model, such as rsad-bottle/model.onnx")
    .argument(
      "<dir>",
      "a data set with test/good, test/<defect type> and, if there are any, masks in ground_truth",
    )
    .option("--out <dir>", "folder for the report (default: report, beside the model)")
    .option(
      "--threshold <score>",
      "judge by this image threshold instead of the model's",
      finiteNumber("--threshold"),
    )
    .option("--smallest-defect", "also measure how large a planted defect has to be until it is found")
    .option(
      "--mm-per-pixel <n>",
      "millimetres per image pixel, to state that size in millimetres, too",
      positiveNumber("--mm-per-pixel"),
    )
    .option("--threads <n>", "threads of the runtime (default: the number of cores)", threadCount())
    .addHelpText("after", EXAMPLES);
  addCommonOptions(addDeviceOption(command)).action((model: string, folder: string, options: Options) =>
    perform(options, (context) => evaluate(model, folder, options, context)),
  );
}

async function evaluate(model: string, folder: string, options: Options, context: Context): Promise<number> {
  const { out = join(dirname(model), "report"), threshold, smallestDefect, mmPerPixel } = options;
  if (mmPerPixel !== undefined && !smallestDefect) {
    const hint = "Nothing else in an evaluation is measured in lengths.";
    throw invalidOption("--mm-per-pixel", "--smallest-defect beside it", "none", hint);
  }
  context.resumeHint = "No report is written; run the same command again.";
  const evaluated = await evaluateFolder(
    model,
    folder,
    out,
    { threshold, smallestDefect, mmPerPixel, runtime: runtimeOptions(options, context) },
    context,
  );
  const { evaluation, device, reportPath, jsonPath } = evaluated;
  const smallest = evaluated.smallestDefect;
  const lines = [
    describeEvaluation(evaluation),
    ...(smallest === undefined ? [] : ["", ...describeSmallestDefect(smallest, mmPerPixel)]),
    `\nReport   ${reportPath}`,
    `Figures  ${jsonPath}`,
  ];
  context.print(lines.join("\n"));
  context.printJson({ model, device, report: reportPath, evaluation, smallestDefect: smallest, mmPerPixel });
  return EXIT.ok;
}
