import { type Dataset, GOOD } from "../dataset.ts";
import type { ClassCounts } from "./publication.ts";

export function countImages({ train, test }: Pick<Dataset, "train" | "test">): ClassCounts {
  const testGood = test.filter(({ type }) => type === GOOD).length;
  return { train: train.length, testGood, testDefect: test.length - testGood };
}
