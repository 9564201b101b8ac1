import type { Progress } from "../../progress.ts";
import type { Cell } from "../cell.ts";

/** What a worker is to do; plain data. */
export interface CellJob {
  /** The benchmark's output folder. */
  readonly folder: string;
  readonly cell: Cell;
  /** Moments of training at which the test set is measured; 0 for none. */
  readonly oracleCandidates: number;
  readonly checkpointSeconds?: number | undefined;
}

export type ToWorker = { readonly kind: "run"; readonly job: CellJob } | { readonly kind: "stop" };

export type FromWorker =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "done" }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly code: string; readonly message: string };

/** How a cell ended. */
export type CellOutcome = Exclude<FromWorker, { kind: "progress" }>;
