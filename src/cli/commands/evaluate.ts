import { dirname, join } from "node:path";
import type { Command } from "commander";
import type { Context } from "../context.ts";
import { addDeviceOption, type DeviceOption, runtimeOptions } from "../device.ts";
import { describeEvaluation, evaluateFolder } from "../evaluate-folder.ts";
import { EXIT } from "../exit-code.ts";
import { addCommonOptions, type CommonOptions, finiteNumber, wholeNumber } from "../options.ts";
import type { Perform } from "../perform.ts";

interface Options extends CommonOptions, DeviceOption {
  readonly out?: string;
  readonly threshold?: number;
  readonly threads?: number;
}

const EXAMPLES = `
Inspects the images in test/good and test/<defect type> and compares verdicts, scores and maps with the truth: the
folders' names, and the masks in ground_truth at their full resolution. Writes report.html, which needs nothing
but a browser, and evaluation.json with every image's score.

Examples:
  rsad evaluate rsad-bottle/model.onnx data/bottle
  rsad evaluate rsad-bottle/model.onnx data/bottle --out report --json
  rsad evaluate rsad-bottle/model.onnx data/bottle --threshold 1.5
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
    .option(
      "--threads <n>",
      "threads of the runtime (default: the number of cores)",
      wholeNumber("--threads", 1),
    )
    .addHelpText("after", EXAMPLES);
  addCommonOptions(addDeviceOption(command)).action((model: string, folder: string, options: Options) =>
    perform(options, (context) => evaluate(model, folder, options, context)),
  );
}

async function evaluate(model: string, folder: string, options: Options, context: Context): Promise<number> {
  const { out = join(dirname(model), "report"), threshold } = options;
  const { evaluation, device, reportPath, jsonPath } = await evaluateFolder(
    model,
    folder,
    out,
    { threshold, runtime: runtimeOptions(options, context) },
    context,
  );
  context.print(`${describeEvaluation(evaluation)}\n\nReport   ${reportPath}\nFigures  ${jsonPath}`);
  context.printJson({ model, device, report: reportPath, evaluation });
  return EXIT.ok;
}
