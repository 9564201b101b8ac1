export { type SummarizedSuite, type Summary, summarizeBenchmarks } from "./summarize.ts";
