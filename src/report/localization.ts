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
      meaning: "how much of each defect region is found, large and small regions alike",
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
          ? "needs defects that the model looks at and 100,000 pixels of good images"
          : "how much of an image's defects is found while good images have 1 to 10 pixels of 100,000 marked",
    },
  ];
}
