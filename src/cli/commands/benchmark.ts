import type { Command } from "commander";
import { METHOD_NAMES, mergeBenchmarks, methodVariants } from "../../benchmark/index.ts";
import { openSuite, SUITE_IDS } from "../../datasets/index.ts";
import type { Context } from "../context.ts";
import { EXIT } from "../exit-code.ts";
import { parseMethodSettings } from "../method-settings.ts";
import { addCommonOptions, type CommonOptions, collect } from "../options.ts";
import type { Perform } from "../perform.ts";
import { performBenchmark, printFiles, printResults, warnOfFindings } from "../perform-benchmark.ts";
import {
  addRunningOptions,
  defaultOutput,
  list,
  RUNNING_HELP,
  type RunningOptions,
  runningRequest,
} from "../running-options.ts";
import { addBenchmarkSummary } from "./benchmark-summary.ts";

interface Options extends CommonOptions, RunningOptions {
  readonly methods?: readonly string[];
  readonly set?: readonly string[];
}

const EXAMPLES = `
Suites: ${SUITE_IDS.join(", ")}; custom is any folder of classes. Nothing is downloaded:
docs/datasets.md says where each is to be had. Methods: ${METHOD_NAMES.join(", ")}, of which default and paper
are RSAD's recipes.
Writes results.json, results.csv, tables.md, tables.tex and benchmark.html. All figures are of the last step of
training; nothing is chosen with the test set's help, but for the column that says so.
${RUNNING_HELP}
Examples:
  rsad benchmark mpdd data/MPDD --backbone wide_resnet50_2
  rsad benchmark custom data --classes bottle --methods default,patchcore --seeds 3
  rsad benchmark mvtec data/mvtec --methods paper --set paper:length.steps=1500
  rsad benchmark visa data/VisA --shard 2/3 --out visa-2
  rsad benchmark merge visa visa-1 visa-2 visa-3
  rsad benchmark merge so-far rsad-benchmark-visa  (the tables of an interrupted run)
  rsad benchmark summary rsad-benchmark-mvtec rsad-benchmark-visa  (one table of several suites)
`;

export function defineBenchmark(command: Command, perform: Perform): void {
  command
    .description(
      "Trains and measures methods on every class of a suite with several seeds, and writes the tables.",
    )
    .argument("<suite>", SUITE_IDS.join(", "))
    .argument("<dir>", "the suite's folder, with a folder for each class")
    .option("--methods <names>", "what to compare, separated by commas (default: all)", list)
    .option(
      "--set <method:field=value>",
      "change a field of a method's recipe, for example paper:length.steps=1500; may be repeated",
      collect,
    );
  addRunningOptions(command).addHelpText("after", EXAMPLES);
  addCommonOptions(command).action((suite: string, folder: string, options: Options) =>
    perform(options, (context) => benchmark(suite, folder, options, context)),
  );
  const merge = command
    .command("merge")
    .summary("unite the output folders of a benchmark's parts")
    .description("Unites the output folders of a benchmark's parts and writes the tables.")
    .argument("<out>", "folder for all of it; new, or one of a benchmark to add to")
    .argument("<dirs...>", "output folders of parts");
  addCommonOptions(merge).action((out: string, parts: string[], options: CommonOptions) =>
    perform(options, (context) => mergeParts(out, parts, context)),
  );
  addBenchmarkSummary(command, perform);
}

async function benchmark(id: string, folder: string, options: Options, context: Context): Promise<number> {
  const { out = defaultOutput("benchmark", id, folder), classes, methods = METHOD_NAMES, set = [] } = options;
  const overrides = parseMethodSettings(set);
  // Names are checked before folders are searched.
  methodVariants(methods, overrides);
  const suite = await openSuite(id, folder, { classes });
  warnOfFindings(suite.findings, context);
  const goodCounts = suite.classes.map(({ dataset }) => dataset.train.length);
  const variants = methodVariants(methods, overrides, goodCounts);
  return performBenchmark({ ...(await runningRequest(options)), suite, variants, output: out }, context);
}

async function mergeParts(out: string, parts: readonly string[], context: Context): Promise<number> {
  const outcome = await mergeBenchmarks({ output: out, folders: parts });
  printResults(outcome, context);
  printFiles(outcome.files, context);
  context.printJson(outcome);
  return outcome.results.failures.length > 0 ? EXIT.error : EXIT.ok;
}
