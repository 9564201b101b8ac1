/** A row of the paper's table 5: percentages, on MPDD with WideResNet50. */
export interface PublishedAligner {
  readonly label: string;
  /** Parameters added, as a percentage of the backbone's. */
  readonly share: number | undefined;
  readonly imageAuroc: number;
  readonly pixelAuroc: number;
}

export const PAPER_ALIGNERS: readonly PublishedAligner[] = [
  { label: "Mona", share: 1.65, imageAuroc: 98.3, pixelAuroc: 98.7 },
  { label: "No adapter", share: undefined, imageAuroc: 95.3, pixelAuroc: 94.5 },
  { label: "FC layer", share: 9.2, imageAuroc: 97.6, pixelAuroc: 97.7 },
];

/** What is odd about the paper's shares of parameters. */
export const PAPER_ALIGNERS_NOTE =
  "The paper's shares count its backbone as 25.5 million parameters, which is ResNet-50's number (WideResNet50-2 has 68.9 million), and its formula counts Mona twice (one has 214,016).";
