import type { Command } from "commander";
import { summarizeBenchmarks } from "../../benchmark/index.ts";
import type { Context } from "../context.ts";
import { EXIT } from "../exit-code.ts";
import { addCommonOptions, type CommonOptions } from "../options.ts";
import type { Perform } from "../perform.ts";
import { printFiles, warnOfGaps } from "../perform-benchmark.ts";

interface Options extends CommonOptions {
  readonly out: string;
}

const EXAMPLES = `
For each method and backbone: its averages on every suite, and the average of these, beside figures that have been
published for the same suites. Methods and backbones are those of the same name, and must be the same. A folder in
which a benchmark is still running may be read, too. Writes summary.md, summary.tex, summary.csv and summary.html.

Examples:
  rsad benchmark summary rsad-benchmark-mvtec rsad-benchmark-visa rsad-benchmark-pcb-bank
  rsad benchmark summary results/mpdd results/parts --out results/all --json
`;

/** Adds `summary` to the command `benchmark`. */
export function addBenchmarkSummary(benchmark: Command, perform: Perform): void {
  const command = benchmark
    .command("summary")
    .summary("make one table of the benchmarks on several suites")
    .description("Makes tables over the output folders of the benchmarks on several suites.")
    .argument("<dirs...>", "output folders, one for each suite; columns are in their order")
    .option("--out <dir>", "folder for the tables", "rsad-summary")
    .addHelpText("after", EXAMPLES);
  addCommonOptions(command).action((folders: string[], options: Options) =>
    perform(options, (context) => summarize(folders, options, context)),
  );
}

async function summarize(folders: readonly string[], { out }: Options, context: Context): Promise<number> {
  const summary = await summarizeBenchmarks({ output: out, folders });
  context.print(summary.tables);
  for (const suite of summary.suites) warnOfGaps(suite, context, suite.suite.title);
  printFiles(summary.files, context);
  context.printJson(summary);
  return summary.suites.some(({ failures }) => failures.length > 0) ? EXIT.error : EXIT.ok;
}
