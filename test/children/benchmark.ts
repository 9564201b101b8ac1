/** Runs the benchmark given as JSON, as the first argument, on the embedded request; prints what was kept and each cell. */
import { type BenchmarkRequest, runBenchmark } from "../../src/benchmark/index.ts";

const request = JSON.parse(process.argv[2]!) as BenchmarkRequest;
await runBenchmark({
  ...request,
  onEvent: (event) => {
    const said =
      event.kind === "progress"
        ? `${event.progress.phase} ${event.progress.done}`
        : event.kind === "failed"
          ? event.failure.message
          : "";
    process.stdout.write(`${event.kind} ${said}\n`);
  },
});
