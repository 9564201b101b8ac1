import type { Progress } from "../progress.ts";
import type { CellName } from "./cell.ts";
import type { CellFailure, CellResult } from "./results.ts";

/** How far a run is. */
export interface Standing {
  /** Cells of this run that are finished or have failed. */
  readonly done: number;
  readonly total: number;
  /** For the rest; `roughly`: nothing is known of some of it. undefined while nothing is known. */
  readonly left: { readonly seconds: number; readonly roughly: boolean } | undefined;
}

/** What a benchmark reports while it runs. */
export type BenchmarkEvent =
  /** Another run uses the folder, or did until just now. */
  | { readonly kind: "waiting" }
  /** Cells that were finished before; sent once, at the start. */
  | { readonly kind: "kept"; readonly cells: number; readonly standing: Standing }
  /** A cell that is there and will be computed anew. */
  | { readonly kind: "anew"; readonly cell: CellName; readonly reason: string }
  | {
      readonly kind: "progress";
      readonly cell: CellName;
      readonly progress: Progress;
      readonly standing: Standing;
    }
  | {
      readonly kind: "finished";
      readonly cell: CellName;
      readonly result: CellResult;
      readonly seconds: number;
      readonly standing: Standing;
    }
  | {
      readonly kind: "failed";
      readonly cell: CellName;
      readonly failure: CellFailure;
      readonly standing: Standing;
    };

export type OnBenchmarkEvent = (event: BenchmarkEvent) => void;
