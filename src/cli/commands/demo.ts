import { join } from "node:path";
import type { Command } from "commander";
import { makeDemo } from "../../datasets/index.ts";
import { trainWith } from "../../detectors/index.ts";
import { removeState } from "../../features/index.ts";
import { duration } from "../../format.ts";
import { writeTrainingRecord } from "../../report/index.ts";
import { shellWord } from "../../shell-word.ts";
import type { Context } from "../context.ts";
import { describeEvaluation, evaluateFolder } from "../evaluate-folder.ts";
import { EXIT } from "../exit-code.ts";
import { addCommonOptions, type CommonOptions, threadCount, wholeNumber } from "../options.ts";
import { checkOutput } from "../output-folder.ts";
import type { Perform } from "../perform.ts";

interface Options extends CommonOptions {
  readonly out: string;
  readonly seed: number;
  readonly threads?: number;
  readonly force?: true;
}

const EXAMPLES = `
Makes photos of a machined part, good ones and ones with scratches, dents, stains and missing holes, trains on the good
ones, and measures the model on the rest. An interrupted demo goes on where it stopped when it is run again.

Examples:
  rsad demo
  rsad demo --out /tmp/demo --seed 7
`;

export function defineDemo(command: Command, perform: Perform): void {
  command
    .description("Shows the whole of it: makes a small data set, trains, evaluates and writes a report.")
    .option("--out <dir>", "folder for everything", "rsad-demo")
    .option("--seed <n>", "where all random numbers start", wholeNumber("--seed"), 0)
    .option("--threads <n>", "threads of the runtime (default: the number of cores)", threadCount())
    .option("--force", "replace an earlier demo")
    .addHelpText("after", EXAMPLES);
  addCommonOptions(command).action((options: Options) =>
    perform(options, (context) => demonstrate(options, context)),
  );
}

async function demonstrate({ out, seed, threads, force }: Options, context: Context): Promise<number> {
  const start = performance.now();
  const { onProgress, signal } = context;
  const resume = force === undefined;
  const { modelPath, stateDir } = await checkOutput(out, { force: !resume, resume });
  context.resumeHint = "Run the same command again to go on.";
  const data = join(out, "data");
  await makeDemo(data, { seed, replace: !resume, signal, ...(onProgress !== undefined && { onProgress }) });
  const trained = await trainWith(
    { data, output: modelPath, seed, threads, resume, onProgress, signal },
    // Until the report is written, so that an interruption during the evaluation leaves something to go on from.
    { keepState: true },
  );
  await writeTrainingRecord(trained);
  const title = "Demo: machined parts";
  const evaluated = await evaluateFolder(
    modelPath,
    data,
    join(out, "report"),
    { title, runtime: { threads } },
    context,
  );
  await removeState(stateDir);
  const seconds = (performance.now() - start) / 1000;
  context.print(
    [
      describeEvaluation(evaluated.evaluation),
      "",
      `Images  ${data}`,
      `Model   ${modelPath}`,
      `Report  ${evaluated.reportPath}`,
      `Time    ${duration(seconds)}`,
      `Next    rsad inspect ${shellWord(modelPath)} ${shellWord(join(data, "test", "scratch"))}`,
    ].join("\n"),
  );
  context.printJson({
    data,
    model: modelPath,
    report: evaluated.reportPath,
    seconds,
    timings: trained.timings,
    evaluation: evaluated.evaluation,
  });
  return EXIT.ok;
}
