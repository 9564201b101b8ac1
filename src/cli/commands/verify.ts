import type { Command } from "commander";
import { verify } from "../../deployment/index.ts";
import { counted, rounded } from "../../format.ts";
import type { Context } from "../context.ts";
import { describeRounding, disagreement, verificationTable } from "../describe-verification.ts";
import { EXIT } from "../exit-code.ts";
import { describeFailure } from "../failure.ts";
import { findImages } from "../find-images.ts";
import { formsBeside } from "../forms-beside.ts";
import { addCommonOptions, type CommonOptions, threadCount, wholeNumber } from "../options.ts";
import type { Perform } from "../perform.ts";
import { spreadOver } from "../spread-over.ts";

interface Options extends CommonOptions {
  readonly with?: readonly string[];
  readonly most: number;
  readonly threads?: number;
}

const MOST = 20;

const EXAMPLES = `
Scores the same decoded images by the model's own graph, by the full graph and the batch graph that rsad export writes (of a model that has thresholds
and no tiles), and by the browser's runtime, and prints the largest differences of scores and of map values, in standard deviations of good images' scores. What is further apart than
accepted is an error: 0.001, and for the browser's runtime 0.01 of scores and 0.1 of maps (of an int8 model 3 and 4: it rounds otherwise there). With --with, files of other
forms of the model are compared too: full ones have to agree to 0.001 and to decide alike; fp16 may differ by 0.1, int8 by 20 of scores and 25 of maps, each with thresholds
of its own. What browsers decode otherwise than rsad is not seen here.

Examples:
  rsad verify rsad-bottle/model.onnx data/bottle/test
  rsad verify model.onnx photos --with model.int8.onnx --most 100
`;

export function defineVerify(command: Command, perform: Perform): void {
  const collect = (file: string, files: readonly string[] = []) => [...files, file];
  command
    .description("Scores images in every way there is, and says how far they are apart.")
    .argument("<model>", "a trained model, such as rsad-bottle/model.onnx")
    .argument("<image...>", "image files, folders, or glob patterns in quotes")
    .option("--with <model>", "another form of the model; may be given several times", collect)
    .option("--most <n>", "images to look at, spread over those given", wholeNumber("--most", 1), MOST)
    .option("--threads <n>", "threads of the runtime (default: the number of cores)", threadCount())
    .addHelpText("after", EXAMPLES);
  addCommonOptions(command).action((model: string, images: string[], options: Options) =>
    perform(options, (context) => verifyModel(model, images, options, context)),
  );
}

async function verifyModel(
  model: string,
  given: string[],
  options: Options,
  context: Context,
): Promise<number> {
  const { paths, errors } = await findImages(given);
  if (errors.length > 0) throw errors[0]!.error;
  context.resumeHint = "Nothing is written, and nothing decided; run the same command again.";
  const { onProgress, signal } = context;
  const images = spreadOver(paths, options.most);
  const { with: others = [] } = options;
  const verification = await verify({ model, images, others, threads: options.threads, onProgress, signal });
  context.print(verificationTable(verification));
  context.print(
    `${counted(verification.images, "image")}; differences in standard deviations of scores, ${rounded(verification.deviation)}`,
  );
  const rounding = describeRounding(verification);
  if (rounding !== undefined) context.print(rounding);
  const notCompared = await formsBeside(model, others);
  if (notCompared.length > 0) {
    context.print(`Not compared: ${notCompared.join(", ")}. --with FILE compares one.`);
  }
  const error = disagreement(verification, model);
  if (error !== undefined) context.complain(error);
  context.printJson({ model, ...verification, notCompared, error: error && describeFailure(error) });
  return error === undefined ? EXIT.ok : EXIT.error;
}
