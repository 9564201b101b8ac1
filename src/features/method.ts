import type { Runtime, Value } from "../graph/index.ts";
import type { Grid } from "../pixels/index.ts";
import type { OnProgress } from "../progress.ts";
import type { FeatureSource } from "./feature-source.ts";

/** What a method makes of one image's features. */
export interface HeadOutput {
  /** One anomaly score a patch, [1, 1, h, w], higher is worse. */
  readonly patches: Value;
  /** The image's score, a scalar, where it is not the maximum of patches or map. */
  readonly score?: Value;
}

/**
 * What a method learned, as the last part of the inspection graph: takes the aggregated levels of one image, [1, C, h, w] each, on their
 * grids, and appends to their graph. `inside`, [1, 1, h, w], is 1 for the patches that are inspected and 0 for others; absent where all
 * are. Only a head that gives a score of its own has to look at it: what it says of other patches is left out of account.
 */
export type Head = (levels: readonly Value[], grids: readonly Grid[], inside?: Value) => HeadOutput;

/** What every method learns from. */
export interface FitRequest<Recipe> {
  readonly store: FeatureSource;
  /** Places, in the list of samples, of the images to learn from. */
  readonly images: readonly number[];
  /** Indices of images that are held out of learning; none if left out. */
  readonly held?: readonly number[] | undefined;
  readonly recipe: Recipe;
  readonly seed: number;
  readonly runtime: Runtime;
  /** Where a run keeps its state. */
  readonly folder: string;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Fitted {
  readonly head: Head;
  /** Figures on what was learned that belong into the model's metadata, such as the size of a memory bank. */
  readonly facts: Readonly<Record<string, number>>;
}
