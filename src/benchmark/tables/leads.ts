import type { BenchmarkResults } from "../results.ts";

/** What the figures of a table are. */
export function aboutSeeds({ seeds }: BenchmarkResults, withDeviations: boolean): string {
  if (seeds.length === 1) return "One seed.";
  return withDeviations
    ? `Mean ± sample standard deviation over ${seeds.length} seeds; an average's is that of the seeds' averages over the classes.`
    : `Means over ${seeds.length} seeds.`;
}
