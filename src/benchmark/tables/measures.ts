import type { PublishedMeasures } from "../published/index.ts";
import type { Measures } from "../results.ts";

/** A column of figures: what it is called and where it is found. */
export interface Measure {
  /** Its name in the CSV file. */
  readonly name: string;
  readonly title: string;
  /** A column's heading, in the paper's way. */
  readonly short: string;
  readonly level: "image" | "pixel";
  readonly of: (measures: Measures) => number | undefined;
  /** Its name among published figures, where any are known. */
  readonly published?: keyof PublishedMeasures;
}

export const IMAGE_AUROC: Measure = {
  name: "image_auroc",
  title: "Image AUROC",
  short: "I-AUROC",
  level: "image",
  of: ({ image }) => image.auroc,
  published: "imageAuroc",
};

const IMAGE_AUPR: Measure = {
  name: "image_aupr",
  title: "Image AUPR",
  short: "I-AUPR",
  level: "image",
  of: ({ image }) => image.aupr,
};

const IMAGE_F1: Measure = {
  name: "image_f1_max",
  title: "Image F1-max",
  short: "I-F1",
  level: "image",
  of: ({ image }) => image.f1Max,
};

export const PIXEL_AUROC: Measure = {
  name: "pixel_auroc",
  title: "Pixel AUROC",
  short: "P-AUROC",
  level: "pixel",
  of: ({ pixel }) => pixel?.auroc,
  published: "pixelAuroc",
};

const PIXEL_AUPR: Measure = {
  name: "pixel_aupr",
  title: "Pixel AUPR",
  short: "P-AUPR",
  level: "pixel",
  of: ({ pixel }) => pixel?.aupr,
};

const PIXEL_F1: Measure = {
  name: "pixel_f1_max",
  title: "Pixel F1-max",
  short: "P-F1",
  level: "pixel",
  of: ({ pixel }) => pixel?.f1Max,
};

export const AUPRO: Measure = {
  name: "aupro_30",
  title: "AUPRO to 30 %",
  short: "AUPRO",
  level: "pixel",
  of: ({ pixel }) => pixel?.aupro,
  published: "aupro",
};

const AUPRO_5: Measure = {
  name: "aupro_5",
  title: "AUPRO to 5 %",
  short: "AUPRO 5 %",
  level: "pixel",
  of: ({ pixel }) => pixel?.aupro5,
};

const AUPIMO: Measure = {
  name: "aupimo",
  title: "AUPIMO",
  short: "AUPIMO",
  level: "pixel",
  of: ({ pixel }) => pixel?.aupimo,
};

/** In the order of a summary's columns. */
export const MEASURES: readonly Measure[] = [
  IMAGE_AUROC,
  IMAGE_AUPR,
  IMAGE_F1,
  PIXEL_AUROC,
  PIXEL_AUPR,
  PIXEL_F1,
  AUPRO,
  AUPRO_5,
  AUPIMO,
];

/** Those that share a table, each cell holding all of them. */
export const COMPACT: readonly (readonly Measure[])[] = [
  [AUPRO, AUPRO_5],
  [AUPIMO],
  [IMAGE_AUPR, IMAGE_F1],
  [PIXEL_AUPR, PIXEL_F1],
];
