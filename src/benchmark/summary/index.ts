export type { SummaryLine } from "./averages.ts";
export { type SummarizedSuite, type Summary, summarizeBenchmarks } from "./summarize.ts";
