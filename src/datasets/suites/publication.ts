import type { MaskRule } from "../../images/index.ts";

/** Images of one class. */
export interface ClassCounts {
  readonly train: number;
  readonly testGood: number;
  readonly testDefect: number;
}

/** What its authors say of a benchmark. */
export interface Publication {
  readonly title: string;
  /** Classes by the names of their folders, in the order of the publication, with the counts that it prints. */
  readonly classes: Readonly<Record<string, ClassCounts>>;
  /** Where the counts are printed. */
  readonly source: string;
  /** The page to get the images from. */
  readonly page: string;
  readonly licence: string;
  /** Which values of a mask are defects, where not {@link MaskRule} `half`. */
  readonly maskRule?: MaskRule;
  /** Where the file lies that splits the images into train and test, below the suite's folder; the first that is there counts. */
  readonly splitFiles?: readonly string[];
}
