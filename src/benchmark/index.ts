export {
  ABLATED_RECIPES,
  type AblatedRecipe,
  type Ablation,
  ablationVariants,
  checkSweeps,
  LAYERS,
  learningCurve,
  type SweepName,
  sweepNames,
} from "./ablation/index.ts";
export type { CellName } from "./cell.ts";
export { describeCell } from "./cell.ts";
export type { Collected } from "./collect.ts";
export { distinctFailures, withOthers } from "./distinct-failures.ts";
export type { BenchmarkEvent, OnBenchmarkEvent, Standing } from "./events.ts";
export { mergeBenchmarks } from "./merge.ts";
export { DEFAULT_THREADS } from "./resources.ts";
export type { BenchmarkResults, CellResult, Variant } from "./results.ts";
export { type BenchmarkOutcome, type BenchmarkRequest, runBenchmark } from "./run-benchmark.ts";
export { parseShard, type Shard } from "./shard.ts";
export { type SummarizedSuite, type Summary, summarizeBenchmarks } from "./summary/index.ts";
export { METHOD_NAMES, methodVariants, type Overrides } from "./variants.ts";
