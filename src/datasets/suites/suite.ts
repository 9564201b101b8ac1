import type { Finding } from "../check/finding.ts";
import type { Dataset } from "../dataset.ts";

export const SUITE_IDS = ["mpdd", "mvtec", "visa", "pcb-bank", "custom"] as const;

/** A published benchmark, or `custom`: whatever classes a folder holds. */
export type SuiteId = (typeof SUITE_IDS)[number];

export interface SuiteClass {
  readonly name: string;
  readonly dataset: Dataset;
}

/** Classes that are measured together. */
export interface Suite {
  readonly id: SuiteId;
  readonly title: string;
  readonly root: string;
  /** In the order of the publication's table; of a custom suite, by name. Each has training and test images. */
  readonly classes: readonly SuiteClass[];
  /** What is missing, does not fit, or differs from the publication; empty where there is nothing to say. */
  readonly findings: readonly Finding[];
}
