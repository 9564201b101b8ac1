import type { Estimate } from "./estimate.ts";
import type { Part } from "./table.ts";

/** A share in [0, 1] in percent with one decimal, as such tables have it; only exactly 1 reads 100.0. */
export function percentage(share: number): string {
  return (share < 1 ? Math.min(100 * share, 99.9) : 100).toFixed(1);
}

/** The part of a cell that an estimate fills. */
export function part({ mean, deviation }: Estimate): Part {
  return {
    text: percentage(mean),
    deviation: deviation === undefined ? undefined : (100 * deviation).toFixed(1),
  };
}

/** A published percentage with as many decimals as its source printed, one at least. */
export function asPrinted(value: number): string {
  const decimals = String(value).split(".")[1]?.length ?? 0;
  return value.toFixed(Math.max(1, decimals));
}

/**
 * Which of the texts of figures are the best, undefined for those that do not compete. What reads the same ties; where fewer than
 * two compete nothing is best.
 */
export function best(texts: readonly (string | undefined)[]): boolean[] {
  const values = texts.flatMap((text) => (text === undefined ? [] : [Number(text)]));
  const most = values.length < 2 ? undefined : Math.max(...values);
  return texts.map((text) => text !== undefined && Number(text) === most);
}
