import type { Contestant } from "./estimate-cell.ts";
import { best } from "./figures.ts";
import type { Cell } from "./table.ts";

/** The cells of a row (or of a column), the best of each part marked. */
export function markBest(contestants: readonly Contestant[]): Cell[] {
  const parts = contestants[0]?.cell.parts.length ?? 0;
  const wins = Array.from({ length: parts }, (_, i) =>
    best(contestants.map(({ cell, competes }) => (competes[i] ? cell.parts[i]!.text : undefined))),
  );
  return contestants.map(({ cell }, at) => ({
    ...cell,
    parts: cell.parts.map((part, i) => ({ ...part, best: wins[i]![at]! })),
  }));
}
