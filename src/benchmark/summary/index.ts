export type { SummaryLine } from "./averages.ts";
export {
  type SummarizedSuite,
  type Summary,
  type SummaryFiles,
  type SummaryRequest,
  summarizeBenchmarks,
} from "./summarize.ts";
