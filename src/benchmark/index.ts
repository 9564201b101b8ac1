export {
  ABLATED_RECIPES,
  type AblatedRecipe,
  type Ablation,
  type AblationRequest,
  ablationVariants,
  checkSweeps,
  LAYERS,
  type LearningCurveRequest,
  learningCurve,
  type SweepName,
  sweepNames,
} from "./ablation/index.ts";
export type { CellName } from "./cell.ts";
export { describeCell } from "./cell.ts";
export type { Collected } from "./collect.ts";
export { distinctFailures, withOthers } from "./distinct-failures.ts";
export type { BenchmarkEvent, OnBenchmarkEvent, Standing } from "./events.ts";
export { type MergeOutcome, type MergeRequest, mergeBenchmarks } from "./merge.ts";
export { DEFAULT_THREADS } from "./resources.ts";
export type { BenchmarkResults, CellFailure, CellResult, Measures, Variant } from "./results.ts";
export { type BenchmarkOutcome, type BenchmarkRequest, runBenchmark } from "./run-benchmark.ts";
export { parseShard, type Shard } from "./shard.ts";
export {
  type SummarizedSuite,
  type Summary,
  type SummaryFiles,
  type SummaryLine,
  type SummaryRequest,
  summarizeBenchmarks,
} from "./summary/index.ts";
export type { Estimate } from "./tables/estimate.ts";
export { METHOD_NAMES, methodVariants, type Overrides } from "./variants.ts";
export type { WrittenResults } from "./write-results.ts";
