import { percentage } from "../../format.ts";
import type { Cells, Subject } from "./estimate.ts";

/**
 * How much of the images a model leaves out, as one that crops them does: averages over the cells. Undefined where it looks at
 * everything.
 */
export function notLookedAt(cells: Cells, subject: Subject): string | undefined {
  const all = cells.ofAll(subject).map(({ measures }) => measures);
  const pixels = mean(all.map(({ notInspectedShare }) => notInspectedShare ?? 0));
  if (pixels === 0) return undefined;
  const defects = mean(all.flatMap(({ notInspectedDefectShare }) => notInspectedDefectShare ?? []));
  return `does not look at ${percentage(pixels, 1)} % of the pixels (${percentage(defects, 1)} % of those of defects), which its pixel measures leave out`;
}

/** 0 of nothing. */
function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
