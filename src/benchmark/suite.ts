import type { Dataset } from "../datasets/index.ts";

/** Several classes that are measured together. */
export interface BenchmarkSuite {
  readonly id: string;
  readonly title: string;
  readonly classes: readonly { readonly name: string; readonly dataset: Dataset }[];
  readonly findings: readonly { readonly subject: string; readonly message: string }[];
}
