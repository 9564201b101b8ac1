import type { MaskRule, Tile } from "../images/index.ts";

/** One image of a data set. */
export interface Sample {
  readonly path: string;
  /** The part of the image that it is, where it is not all of it. */
  readonly tile?: Tile;
  /** Path below the data set's folder, '/'-separated on every platform, Unicode form NFC. */
  readonly name: string;
  /** "good" or the name of the defect's folder. */
  readonly type: string;
  /** Path of the true defect mask, where there is one. */
  readonly mask?: string;
  /** How to read the mask; `half` if left out. */
  readonly maskRule?: MaskRule;
}

export interface Dataset {
  readonly root: string;
  /**
   * `mvtec`: train/good, test/<type>, ground_truth/<type>. `folder`: good images alone. `visa`: Data/Images and
   * Data/Masks, split by a file that lies outside `root`.
   */
  readonly layout: "mvtec" | "folder" | "visa";
  /** Good images, sorted by name; empty where there is only a test set. */
  readonly train: readonly Sample[];
  /** Good and defective images, sorted by name; empty in layout `folder`. */
  readonly test: readonly Sample[];
}

export const GOOD = "good";
