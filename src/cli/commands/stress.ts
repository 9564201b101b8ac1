import { join } from "node:path";
import type { Command } from "commander";
import { DEFAULT_STRESS_CLASSES, makeStressSuite, STRESS_CLASSES } from "../../datasets/index.ts";
import { shellWord } from "../../shell-word.ts";
import type { Context } from "../context.ts";
import { EXIT } from "../exit-code.ts";
import { addCommonOptions, type CommonOptions, wholeNumber } from "../options.ts";
import type { Perform } from "../perform.ts";

interface Options extends CommonOptions {
  readonly classes?: string;
  readonly seed: number;
  readonly train: number;
  readonly good: number;
  readonly perDefect: number;
  readonly force?: true;
}

const EXAMPLES = `
Classes: ${[...STRESS_CLASSES.keys()].join(", ")}.
In the class still, every photo has the same pose, light and background; the next five vary one thing each, in training
photos and test photos alike, and combined varies them all. A class ..._shift is trained as still and tested as the class
of that name: what happens if a lamp or a fixture changes after training. The same parts, with the same defects as long as they
can be seen, are in every class, so that classes differ in what they are named after and in nothing else.

Examples:
  rsad stress stress-suite
  rsad stress stress-suite --classes still,rotation,rotation_shift --train 100
  rsad benchmark custom stress-suite
`;

export function defineStress(command: Command, perform: Perform): void {
  command
    .description(
      "Draws photos of made-up metal parts, good and defective, in classes that vary one thing each: rotation, position, motion blur, background, light.",
    )
    .argument("<dir>", "folder for the suite; each class becomes a data set in it")
    .option("--classes <names>", `separated by commas (default: ${DEFAULT_STRESS_CLASSES.join(",")})`)
    .option("--seed <n>", "where all random numbers start", wholeNumber("--seed"), 0)
    .option("--train <n>", "good images to train on, per class", wholeNumber("--train", 4), 60)
    .option("--good <n>", "good test images, per class", wholeNumber("--good"), 20)
    .option("--per-defect <n>", "test images of each defect, per class", wholeNumber("--per-defect"), 8)
    .option("--force", "replace images of the same names")
    .addHelpText("after", EXAMPLES);
  addCommonOptions(command).action((folder: string, options: Options) =>
    perform(options, (context) => makeSuite(folder, options, context)),
  );
}

async function makeSuite(folder: string, options: Options, context: Context): Promise<number> {
  const { seed, train, good, perDefect, force } = options;
  context.resumeHint = "Run the same command again to go on.";
  const classes = await makeStressSuite(folder, {
    seed,
    trainCount: train,
    goodCount: good,
    perDefect,
    ...(options.classes !== undefined && { classes: options.classes.split(",") }),
    replace: force === true,
    onProgress: context.onProgress,
    signal: context.signal,
  });
  context.print(
    [
      `Suite    ${folder}`,
      `Classes  ${classes.join(", ")}`,
      `Next     rsad benchmark custom ${shellWord(folder)}`,
    ].join("\n"),
  );
  context.printJson({ folder, classes, datasets: classes.map((name) => join(folder, name)) });
  return EXIT.ok;
}
