import type { PixelEvaluation } from "../evaluation/index.ts";

/** A measure of how well maps point at defects. */
export interface LocalizationMeasure {
  readonly label: string;
  /** A share; undefined where it cannot be measured. */
  readonly value: number | undefined;
  /** What it says, or why it says nothing, in one line. */
  readonly meaning: string;
}

/** The measures that count by defects rather than by pixels, the mildest first. */
export function localizationMeasures({ aupro, aupro5, aupimo }: PixelEvaluation): LocalizationMeasure[] {
  return [
    {
      label: "AUPRO to 30 % false positives",
      value: aupro,
      meaning: "share of each defect region found, large and small alike",
    },
    {
      label: "AUPRO to 5 %",
      value: aupro5,
      meaning: "the same while few good pixels are marked",
    },
    {
      label: "AUPIMO",
      value: aupimo,
      meaning:
        aupimo === undefined
          ? "needs inspected defects and 100,000 pixels of good images"
          : "share of an image's defects found at 1 to 10 false pixels in 100,000",
    },
  ];
}
