import type { Command } from "commander";
import { availableTaps, type BackboneSpec } from "../../backbones/index.ts";
import {
  ABLATED_RECIPES,
  type AblatedRecipe,
  type Ablation,
  ablationVariants,
  checkSweeps,
  LAYERS,
  learningCurve,
  METHOD_NAMES,
  type Overrides,
  type SweepName,
  sweepNames,
} from "../../benchmark/index.ts";
import { openSuite, SUITE_IDS } from "../../datasets/index.ts";
import { learnsInSteps, meantRecipe, recipe } from "../../recipes/index.ts";
import type { Context } from "../context.ts";
import {
  addCommonOptions,
  type CommonOptions,
  collect,
  invalidOption,
  oneOf,
  wholeNumber,
} from "../options.ts";
import type { Perform } from "../perform.ts";
import { performBenchmark, warnOfFindings } from "../perform-benchmark.ts";
import {
  addRunningOptions,
  defaultOutput,
  list,
  RUNNING_HELP,
  type RunningOptions,
  runningRequest,
} from "../running-options.ts";
import { parseSettings } from "../settings.ts";

interface Options extends CommonOptions, RunningOptions {
  readonly recipe: AblatedRecipe;
  readonly sweeps?: readonly SweepName[];
  readonly steps?: number;
  readonly set?: readonly string[];
  readonly trainImages?: readonly number[];
  readonly methods?: readonly string[];
}

const EXAMPLES = `
Sweeps of default: ${sweepNames("default").join(", ")}; of noise and paper: ${sweepNames("paper").join(", ")}.
Each changes one thing in the recipe and nothing else. Those of default: parts leaves out what the paper's method does not have,
and switches sets every field to other values, one at a time. Those of noise and paper: aligner is the paper's table 5, and
switches sets everything in which the two differ as the other one has it, one at a time. Layers are those that a backbone names
layer1 to layer4; what not every backbone has is left out. With --train-images there is a learning curve: --methods on so
many good images, and on all.

Writes the tables as rsad benchmark does. How many models are to be trained is said at the start, and how long it will take
once there is something to go by. --steps makes every training shorter, which the tables note.
${RUNNING_HELP}
Examples:
  rsad ablate mpdd data/MPDD --recipe paper --backbone wide_resnet50_2 --sweeps aligner
  rsad ablate custom data --classes bottle --sweeps parts --seeds 3
  rsad ablate custom data --train-images 10,20,50 --methods default,patchcore
  rsad ablate custom stress-suite --sweeps switches,sigma --steps 200
`;

export function defineAblate(command: Command, perform: Perform): void {
  command
    .description(
      "Changes one choice of a recipe at a time, trains and measures on every class of a suite, and writes the tables.",
    )
    .argument("<suite>", SUITE_IDS.join(", "))
    .argument("<dir>", "the suite's folder, with a folder for each class")
    .option(
      "--recipe <name>",
      `what to start from: ${ABLATED_RECIPES.join(", ")}`,
      oneOf("--recipe", ABLATED_RECIPES, meantRecipe),
      "default",
    )
    .option("--sweeps <names>", "what to vary, separated by commas (default: all of the recipe's)", sweepList)
    .option("--steps <n>", "steps of every training (default: the recipe's)", wholeNumber("--steps", 1))
    .option("--set <field=value>", "change a field of the recipe first; may be repeated", collect)
    .option(
      "--train-images <counts>",
      "numbers of good images, separated by commas: a learning curve",
      counts,
    )
    .option(
      "--methods <names>",
      `of the learning curve: ${METHOD_NAMES.join(", ")} (default: the recipe)`,
      list,
    );
  addRunningOptions(command).addHelpText("after", EXAMPLES);
  addCommonOptions(command).action((suite: string, folder: string, options: Options) =>
    perform(options, (context) => ablate(suite, folder, options, context)),
  );
}

async function ablate(id: string, folder: string, options: Options, context: Context): Promise<number> {
  const { out = defaultOutput("ablate", id, folder), recipe: name, classes, trainImages, methods } = options;
  if (methods !== undefined && trainImages === undefined) {
    throw invalidOption(
      "--methods",
      "--train-images beside it",
      "nothing",
      "For example --train-images 10,20,50.",
    );
  }
  checkHeeded(options);
  const overrides = parseSettings(options.set ?? []);
  // Fields are checked before folders are searched.
  recipe(name, overrides);
  if (options.sweeps !== undefined) checkSweeps(name, options.sweeps);
  const suite = await openSuite(id, folder, { classes });
  warnOfFindings(suite.findings, context);
  const running = await runningRequest(options);
  const goodCounts = suite.classes.map(({ dataset }) => dataset.train.length);
  const { variants, leftOut } = await chosen(options, overrides, goodCounts, running.backbones);
  for (const reason of leftOut) context.warn(`Left out: ${reason}.`);
  if (variants.length === 0) {
    throw invalidOption(
      "--sweeps",
      "something to compare",
      leftOut.join("; "),
      "Choose other sweeps or backbones.",
    );
  }
  const { backbones, seeds } = running;
  const cells = variants.length * suite.classes.length * backbones.length * seeds.length;
  context.note(
    `${cells} cells: variants ${variants.length}, classes ${suite.classes.length}, backbones ${backbones.length}, seeds ${seeds.length}. Those that come to the same are computed once.`,
  );
  return performBenchmark({ ...running, suite, variants, output: out }, context);
}

/** Settings of a recipe that is not among the methods of a learning curve, and steps of methods that have none, would do nothing. */
function checkHeeded({ recipe: name, sweeps, set, steps, methods }: Options): void {
  if (methods === undefined || sweeps !== undefined) return;
  if (set !== undefined && !methods.includes(name)) {
    throw invalidOption(
      "--set",
      `--methods with ${name}, the recipe that it changes,`,
      methods.join(","),
      `For example --methods ${[name, ...methods].join(",")}.`,
    );
  }
  if (steps !== undefined && !methods.some((method) => learnsInSteps(recipe(method)))) {
    throw invalidOption(
      "--steps",
      "--methods with one that is trained in steps",
      methods.join(","),
      "Leave --steps out.",
    );
  }
}

async function chosen(
  options: Options,
  overrides: Overrides,
  goodCounts: readonly number[],
  backbones: readonly BackboneSpec[],
): Promise<Ablation> {
  const { recipe: name, steps, trainImages, methods = [name] } = options;
  const sweeps = options.sweeps ?? (trainImages === undefined ? sweepNames(name) : []);
  const layers = sweeps.includes("layers") ? await commonLayers(backbones) : [];
  const ablation = ablationVariants({ recipe: name, overrides, steps, sweeps, layers, goodCounts });
  if (trainImages === undefined) return ablation;
  const length = steps === undefined ? {} : { length: { steps } };
  const ownOverrides = methods.map((method) => [
    method,
    { ...(method === name && overrides), ...(learnsInSteps(recipe(method)) && length) },
  ]);
  const curve = learningCurve({
    trainImages,
    methods,
    overrides: Object.fromEntries(ownOverrides),
    goodCounts,
  });
  return {
    variants: [...ablation.variants, ...curve.variants],
    leftOut: [...ablation.leftOut, ...curve.leftOut],
  };
}

/** Which of layer1 to layer4 every backbone has. */
async function commonLayers(backbones: readonly BackboneSpec[]): Promise<readonly string[]> {
  const there = await Promise.all(backbones.map(availableTaps));
  return LAYERS.filter((layer) => there.every((taps) => taps.includes(layer)));
}

function sweepList(text: string): SweepName[] {
  return list(text).map(oneOf("--sweeps", sweepNames()));
}

/** Four is the least that can be trained on. */
function counts(text: string): number[] {
  return list(text).map(wholeNumber("--train-images", 4));
}
