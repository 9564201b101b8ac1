import { wilsonInterval } from "./wilson.ts";

/** What share of the spots has to be found. */
export const WANTED = 0.9;

export interface SizeCounts {
  /** Diameter of the circle with the spot's area. */
  readonly size: number;
  /** Spots that were planted. */
  trials: number;
  /** Spots for which the image is called defective. */
  rejected: number;
  /** Spots on which the map reaches the pixel threshold. */
  located: number;
  /** Both. */
  found: number;
}

export interface SizeResult extends Readonly<SizeCounts> {
  /** 95 % interval of the share found (Wilson, 1927). */
  readonly interval: { readonly low: number; readonly high: number };
}

export interface ContrastResult {
  readonly name: string;
  /** In grey levels of 255. */
  readonly change: number;
  readonly sizes: readonly SizeResult[];
  /** The smallest size from which on at least 90 % of the spots were found; absent if that is none of the sizes tried. */
  readonly smallest?: number | undefined;
  /** The smallest size from which on 90 % may well be found: the intervals reach it. */
  readonly atLeast?: number | undefined;
  /** The smallest size from which on 90 % are found for sure, but for one time in twenty a size: the intervals lie above it. */
  readonly atMost?: number | undefined;
}

export function summarizeContrast(
  { name, change }: Pick<ContrastResult, "name" | "change">,
  counts: readonly SizeCounts[],
): ContrastResult {
  const sizes = counts.map((count) => ({ ...count, interval: wilsonInterval(count.found, count.trials) }));
  return {
    name,
    change,
    sizes,
    smallest: fromWhichOn(sizes, ({ found, trials }) => found / trials >= WANTED),
    atLeast: fromWhichOn(sizes, ({ interval }) => interval.high >= WANTED),
    atMost: fromWhichOn(sizes, ({ interval }) => interval.low >= WANTED),
  };
}

/** The smallest of the ascending sizes such that it and all larger ones hold. */
function fromWhichOn(sizes: readonly SizeResult[], holds: (size: SizeResult) => boolean): number | undefined {
  return sizes.slice(sizes.findLastIndex((size) => !holds(size)) + 1)[0]?.size;
}
