import type { Finding } from "../check/finding.ts";
import type { ClassCounts, Publication } from "./publication.ts";

const SPLITS = [
  ["train", "good training images"],
  ["testGood", "good test images"],
  ["testDefect", "defective test images"],
] as const;

/** Names each split of a class that has more or fewer images than were published. */
export function compareCounts(name: string, found: ClassCounts, publication: Publication): Finding[] {
  const expected = publication.classes[name];
  if (expected === undefined) return [];
  return SPLITS.filter(([split]) => expected[split] !== found[split]).map(([split, words]) => ({
    severity: "warning",
    code: "COUNT_DIFFERS",
    subject: name,
    message: `${found[split]} ${words} instead of ${expected[split]}.`,
    hint: `So many are published (${publication.source}); figures from other images cannot be compared with published ones.`,
  }));
}
