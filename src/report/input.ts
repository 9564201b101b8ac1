import type { SmallestDefect } from "../assessment/index.ts";
import type { Timing } from "../detectors/index.ts";
import type { Evaluation, Verdict } from "../evaluation/index.ts";
import type { LossPoint } from "../training/index.ts";

export interface ReportInput {
  /** What was inspected, such as the data set's name. */
  readonly title: string;
  /** The version of rsad. */
  readonly createdWith: string;
  readonly evaluation: Evaluation;
  /** Settings, one row each: backbone, recipe, seed, threshold and its rule, data fingerprint. */
  readonly model: readonly { readonly label: string; readonly value: string }[];
  /** Absent where it was not measured. */
  readonly smallestDefect?: SmallestDefect | undefined;
  /** Millimetres per image pixel, where they are known. */
  readonly mmPerPixel?: number | undefined;
  readonly losses?: readonly LossPoint[] | undefined;
  readonly timings: readonly Timing[];
  /** Samples to show, about forty at most. Mistakes are put first. */
  readonly gallery: readonly GallerySample[];
  /** Remarks for the reader, one paragraph each. */
  readonly notes: readonly string[];
}

/** Pictures are encoded PNG or JPEG, all of one aspect ratio. */
export interface GallerySample {
  readonly name: string;
  readonly type: string;
  readonly score: number;
  /** Absent where there was no threshold to judge by. */
  readonly verdict?: Verdict | undefined;
  readonly image: Uint8Array;
  readonly truth?: Uint8Array | undefined;
  readonly heatmap: Uint8Array;
}
