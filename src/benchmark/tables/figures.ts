import { percentage } from "../../format.ts";
import type { Estimate } from "./estimate.ts";
import type { Part } from "./table.ts";

/** The part of a cell that an estimate fills. */
export function part({ mean, deviation }: Estimate): Part {
  return {
    text: percentage(mean, 1),
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
