import { type ClassCounts, countImages, publishedCounts, type Suite } from "../datasets/index.ts";
import { table } from "./table.ts";

export interface CountedClass extends ClassCounts {
  readonly name: string;
  /** What the suite's publication says. */
  readonly published?: ClassCounts;
}

export function countClasses({ id, classes }: Suite): CountedClass[] {
  return classes.map(({ name, dataset }) => {
    const published = publishedCounts(id, name);
    return { name, ...countImages(dataset), ...(published !== undefined && { published }) };
  });
}

/** Counts by class, the published ones after a slash where they differ, and their sums. */
export function countsTable(classes: readonly CountedClass[]): string {
  const splits = ["train", "testGood", "testDefect"] as const;
  const cells = ({ name, published, ...counts }: CountedClass) => [
    name,
    ...splits.map((split) => {
      const expected = published?.[split];
      return expected === undefined || expected === counts[split]
        ? String(counts[split])
        : `${counts[split]} / ${expected}`;
    }),
  ];
  const sums = splits.map((split) => String(classes.reduce((sum, counts) => sum + counts[split], 0)));
  return table([["Class", "Train", "Test good", "Test defective"], ...classes.map(cells), ["All", ...sums]]);
}
