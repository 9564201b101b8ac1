import type { Sample } from "../../datasets/index.ts";
import { GOOD } from "../../evaluation/index.ts";

/**
 * The test image that stands for a class: of its first defect type by name (the first with masks, if any has) the middle image by
 * name. Chosen before anything is scored. Undefined without defects.
 */
export function exampleOf(test: readonly Sample[]): Sample | undefined {
  const defects = test.filter(({ type }) => type !== GOOD);
  const masked = defects.filter(({ mask }) => mask !== undefined);
  const candidates = masked.length > 0 ? masked : defects;
  const [type] = [...new Set(candidates.map((sample) => sample.type))].sort();
  const images = candidates.filter((sample) => sample.type === type).sort(byName);
  return images[Math.floor((images.length - 1) / 2)];
}

/** By code units, which sort the same everywhere. */
function byName(a: Sample, b: Sample): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
