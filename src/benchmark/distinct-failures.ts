import type { CellFailure } from "./results.ts";

/** Failures that say the same of the same class: one image that cannot be read fails every cell of its class. */
export interface DistinctFailure {
  readonly first: CellFailure;
  /** How many more cells it is. */
  readonly others: number;
}

/** In the order of the first of each. */
export function distinctFailures(failures: readonly CellFailure[]): DistinctFailure[] {
  const byText = new Map<string, DistinctFailure>();
  for (const failure of failures) {
    const text = JSON.stringify([failure.class, failure.code, failure.message]);
    const same = byText.get(text);
    byText.set(text, same ? { ...same, others: same.others + 1 } : { first: failure, others: 0 });
  }
  return [...byText.values()];
}

/** Which cells they are, for a sentence: the first one's own words, and how many more. */
export function withOthers(first: string, others: number): string {
  if (others === 0) return first;
  return `${first}, and ${others} more ${others === 1 ? "cell" : "cells"}`;
}
