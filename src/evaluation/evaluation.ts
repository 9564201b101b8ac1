import type { F1Max } from "./curve.ts";

/** The type of samples without defects; every other type is a kind of defect. */
export const GOOD = "good";

export interface ScoredSample {
  /** What the user knows the image by, such as its path below the data set's folder. */
  readonly name: string;
  /** `good` or a defect type. */
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
  readonly samples: readonly SampleEvaluation[];
}

export interface SampleEvaluation extends ScoredSample {
  /** This image's part in the pixel evaluation's mean; absent for good images and where it cannot be measured. */
  readonly aupimo?: number | undefined;
}

export interface ImageEvaluation {
  readonly auroc?: number | undefined;
  readonly aupr?: number | undefined;
  /** Its threshold is chosen on these very samples: it says what would be possible, not what to expect. */
  readonly f1Max?: F1Max | undefined;
}

/**
 * Every pixel of an image counts, at the full resolution of its mask: the map lies in the image's own frame and is never
 * resized to fit, and the mask has the image's size. Which pixels a mask file marks, `decodeMask` settles; in memory every
 * one but 0 is a defect. Defect regions are pixels joined by edges or corners (8 neighbours), as in MVTec's evaluation. A
 * good image needs no mask; a defect image whose mask marks nothing adds good pixels, but no region and no AUPIMO.
 */
export interface PixelEvaluation {
  readonly auroc?: number | undefined;
  readonly aupr?: number | undefined;
  readonly f1Max?: F1Max | undefined;
  /** Per-region overlap to a false positive rate of 0.3. */
  readonly aupro?: number | undefined;
  /** The same to 0.05. */
  readonly aupro5?: number | undefined;
  /**
   * The mean over defect images of the overlap with the whole defect at 1e-5 to 1e-4 false positives per good image. Needs
   * 100,000 inspected pixels of good images. Images whose defects were not inspected are left out.
   */
  readonly aupimo?: number | undefined;
  /** Images whose pixels count: good ones, and defect images with a mask. */
  readonly images: number;
  /** Of these, defect images. */
  readonly defectImages: number;
  /** Defect images that are left out here for want of a mask. */
  readonly withoutMask: number;
  /** Connected defect regions, each counting equally in `aupro` and `aupro5`. */
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
  /** Images of this type for review; absent unless a review threshold was given. */
  readonly review?: number | undefined;
  /** Images of this type called good. */
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
  /** Absent unless a review threshold was given. */
  readonly review?: ReviewCounts | undefined;
}

/** Samples that score at least `threshold`, but are not called defective, are for a person to look at. */
export interface ReviewCounts {
  readonly threshold: number;
  /** Good images among them. */
  readonly good: number;
  /** Defect images among them. */
  readonly defect: number;
}
