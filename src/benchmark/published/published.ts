/** Percentages as their source prints them, so that rounding stays the source's own. */
export interface PublishedMeasures {
  readonly imageAuroc?: number;
  readonly pixelAuroc?: number;
  /** Per-region overlap to a false positive rate of 30 %. */
  readonly aupro?: number;
}

/** How a figure came about, without which it cannot be held against another. */
export interface PublishedResult {
  readonly method: string;
  /** Averages over the suite's classes, as printed. */
  readonly mean: PublishedMeasures;
  /** By the class names of the data set's folders. */
  readonly classes?: Readonly<Record<string, PublishedMeasures>>;
  readonly protocol: "one model per class" | "one model for all classes" | "unknown";
  /**
   * The checkpoint that was measured: the best on the `test` set, the `last` one (or a fixed epoch), `none` where nothing is
   * trained step by step, `unknown` where the source does not say.
   */
  readonly selection: "test" | "last" | "none" | "unknown";
  /** Who printed the figure, which need not be whoever made the method. */
  readonly source: string;
  /** What a reader should know before comparing. */
  readonly note?: string;
}

export type PublishedSuite = "mpdd" | "mvtec" | "visa" | "pcb-bank";
