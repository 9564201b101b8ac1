export type { SummaryLine } from "./averages.ts";
export { type SummarizedSuite, type Summary, type SummaryFiles, summarizeBenchmarks } from "./summarize.ts";
