import type { AnomalyMap, HeatmapRange } from "../../images/index.ts";

/** Enough values of a map to place the median of all. */
const VALUES_PER_MAP = 500;
/** The share of images whose highest value is below the hottest colour. */
const COLD_SHARE = 0.95;

/** What {@link ColourScale} does, for a caption. */
export const COLOUR_RULE =
  "Colour begins a third of the way from the median of a model's values on the class's test images to the hottest, which one image in twenty exceeds; labels play no part.";

/** Finds one range of colours for all maps of a model on a class's test images, without knowing which of them are defective. */
export class ColourScale {
  readonly #values: number[] = [];
  readonly #peaks: number[] = [];

  add({ data }: AnomalyMap): void {
    const step = Math.ceil(data.length / VALUES_PER_MAP);
    let peak = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < data.length; i++) {
      const value = data[i]!;
      if (Number.isNaN(value)) continue;
      if (value > peak) peak = value;
      if (i % step === 0) this.#values.push(value);
    }
    if (Number.isFinite(peak)) this.#peaks.push(peak);
  }

  /** Undefined where no pixel was inspected. */
  range(): HeatmapRange | undefined {
    const median = quantile(this.#values, 0.5);
    const high = quantile(this.#peaks, COLD_SHARE);
    if (median === undefined || high === undefined) return undefined;
    return { low: Math.min(high, median + (high - median) / 3), high };
  }
}

/** The value at or below which a share of the others lies. */
function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * (sorted.length - 1))];
}
