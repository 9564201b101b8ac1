/**
 * Runs a benchmark on the custom suite in the folder of the first argument, as the JSON of the second one says, and says on
 * stdout how far it is: one line an event.
 */
import { type BenchmarkRequest, runBenchmark } from "../../src/benchmark/index.ts";
import { openSuite } from "../../src/datasets/index.ts";

const [folder, request] = process.argv.slice(2);
await runBenchmark({
  ...(JSON.parse(request!) as Omit<BenchmarkRequest, "suite">),
  suite: await openSuite("custom", folder!),
  onEvent: (event) => {
    const progress = event.kind === "progress" ? ` ${event.progress.phase}` : "";
    process.stdout.write(`${event.kind}${progress}\n`);
  },
});
