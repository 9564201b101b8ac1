import { MPDD } from "./mpdd.ts";
import { MVTEC } from "./mvtec.ts";
import { PCB_BANK } from "./pcb-bank.ts";
import type { PublishedResult, PublishedSuite } from "./published.ts";
import { VISA } from "./visa.ts";

export { PAPER_ALIGNERS, PAPER_ALIGNERS_NOTE } from "./aligner-ablation.ts";
export type { PublishedMeasures, PublishedResult } from "./published.ts";

/** What has been published on each suite, as far as it was read at its source. */
const PUBLISHED: Readonly<Record<PublishedSuite, readonly PublishedResult[]>> = {
  mpdd: MPDD,
  mvtec: MVTEC,
  visa: VISA,
  "pcb-bank": PCB_BANK,
};

/** Published figures of a suite; none for one that is not a public benchmark. */
export function publishedResults(suite: string): readonly PublishedResult[] {
  return Object.hasOwn(PUBLISHED, suite) ? PUBLISHED[suite as PublishedSuite] : [];
}
