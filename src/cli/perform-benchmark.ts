import {
  type Collected,
  describeCell,
  distinctFailures,
  runBenchmark,
  type SummarizedSuite,
  withOthers,
} from "../benchmark/index.ts";
import type { Finding } from "../datasets/index.ts";
import type { Context } from "./context.ts";
import { EXIT } from "./exit-code.ts";
import type { FullRequest } from "./running-options.ts";
import { showBenchmark } from "./show-benchmark.ts";

/** Runs a benchmark, shows how it goes, and prints its tables and where they are; returns the exit code. */
export async function performBenchmark(request: FullRequest, context: Context): Promise<number> {
  context.resumeHint = "Run the same command again to go on; finished cells are kept.";
  const onEvent = showBenchmark(request, context);
  const { shard } = request;
  const outcome = await runBenchmark({ ...request, signal: context.signal, onEvent });
  if (shard === undefined) printResults(outcome, context);
  else {
    const finished = cellCount(outcome.results.cells.length);
    context.print(
      `Part ${shard.index} of ${shard.count}: ${finished} finished. Unite the parts with rsad benchmark merge.`,
    );
  }
  printFiles(outcome.files, context);
  context.printJson(outcome);
  return outcome.failed > 0 ? EXIT.error : EXIT.ok;
}

/** The tables, and what they lack. */
export function printResults(
  { tables, results, missing, outdated }: Collected & { tables: string },
  context: Context,
): void {
  context.print(tables);
  warnOfGaps({ failures: results.failures, missing, outdated }, context);
}

/** What an output folder lacks; `suite` says which one it is where there are several. */
export function warnOfGaps(
  { failures, missing, outdated }: Pick<SummarizedSuite, "failures" | "missing" | "outdated">,
  context: Context,
  suite?: string,
): void {
  const warn = (text: string) => context.warn(suite === undefined ? text : `${suite}: ${text}`);
  for (const { first, others } of distinctFailures(failures)) {
    warn(`Failed: ${withOthers(describeCell(first), others)}: ${first.code}: ${first.message}`);
  }
  if (missing.length > 0) {
    const first = missing.length > 1 ? "first " : "";
    warn(`Not computed: ${cellCount(missing.length)}, ${first}${describeCell(missing[0]!)}.`);
  }
  if (outdated.length > 0) {
    const first = outdated.length > 1 ? "first " : "";
    warn(
      `Left out: ${cellCount(outdated.length)} of other settings than asked for now, ${first}${outdated[0]}.`,
    );
  }
}

function cellCount(count: number): string {
  return count === 1 ? "1 cell" : `${count} cells`;
}

/** Says where everything is. */
export function printFiles(files: object, context: Context): void {
  const width = Math.max(...Object.keys(files).map((kind) => kind.length));
  const lines = Object.entries(files).map(([kind, path]) => `${kind.padEnd(width)}  ${path}`);
  context.print(`\n${lines.join("\n")}`);
}

/** What a suite has to say about itself before hours are spent on it. */
export function warnOfFindings(findings: readonly Finding[], context: Context): void {
  for (const { severity, subject, message, hint } of findings) {
    if (severity === "info") context.note(`${subject}: ${message}`);
    else context.warn(`${subject}: ${message} ${hint}`);
  }
}
