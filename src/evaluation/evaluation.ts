import type { F1Max } from "./curve.ts";

/** The type of samples without defects; every other type is a kind of defect. */
export const GOOD = "good";

export interface ScoredSample {
  /** What the user knows the image by, such as its path below the data set's folder. */
  readonly name: string;
  /** {@link GOOD} or a defect type. */
  readonly type: string;
  /** The image's anomaly score, higher is worse. Finite. */
  readonly score: number;
  /** How long scoring took. */
  readonly seconds?: number | undefined;
}

/** How well a model does on a labelled set. Plain data; whatever cannot be measured is undefined (absent in JSON). */
export interface Evaluation {
  readonly counts: { readonly good: number; readonly defect: number };
  readonly image: ImageEvaluation;
  /** Absent unless a defect image came with both a map and a mask. */
  readonly pixel?: PixelEvaluation | undefined;
  /** One entry for each defect type, by name. */
  readonly types: readonly TypeEvaluation[];
  /** Absent unless an image threshold was given. */
  readonly atThreshold?: ThresholdEvaluation | undefined;
  readonly samples: readonly ScoredSample[];
}

export interface ImageEvaluation {
  readonly auroc?: number | undefined;
  readonly aupr?: number | undefined;
  /** Its threshold is chosen on these very samples: it says what would be possible, not what to expect. */
  readonly f1Max?: F1Max | undefined;
}

export interface PixelEvaluation {
  readonly auroc?: number | undefined;
  readonly aupr?: number | undefined;
  readonly f1Max?: F1Max | undefined;
  /** Per-region overlap to a false positive rate of 0.3. */
  readonly aupro?: number | undefined;
  /** Images whose pixels count: good ones, and defect images with a mask. */
  readonly images: number;
  /** Of these, defect images. */
  readonly defectImages: number;
  /** Defect images that are left out here for want of a mask. */
  readonly withoutMask: number;
  /** Connected defect regions, each counting equally in `aupro`. */
  readonly regions: number;
  /** The share of all pixels that the model does not look at, and so is not judged on. */
  readonly notInspectedShare: number;
  /** The same as a share of defect pixels. */
  readonly notInspectedDefectShare: number;
  /** Defect regions that lie wholly in pixels that were not inspected. */
  readonly notInspectedRegions: number;
}

export interface TypeEvaluation {
  readonly type: string;
  readonly count: number;
  /** This type against all good images. */
  readonly imageAuroc?: number | undefined;
  /** The pixels of this type's images and of all good images. */
  readonly pixelAuroc?: number | undefined;
  /** Images of this type at or above the image threshold. */
  readonly detected?: number | undefined;
  /** Images of this type below the image threshold. */
  readonly missed?: number | undefined;
}

/** Samples that score at least `threshold` are called defective. */
export interface ThresholdEvaluation {
  readonly threshold: number;
  /** Good images called defective, of `goodCount`. */
  readonly falseRejects: number;
  readonly goodCount: number;
  /** Defect images called defective, of `defectCount`. */
  readonly detected: number;
  readonly defectCount: number;
}
