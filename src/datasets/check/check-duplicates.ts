import type { Finding } from "./finding.ts";
import { groupBy } from "./group-by.ts";
import type { ImageFacts } from "./image-facts.ts";
import { listNames } from "./list-names.ts";

/** Finds images with equal pixels: within a split, and between training and test, where they falsify the measures. */
export function checkDuplicates(facts: readonly ImageFacts[]): Finding[] {
  const findings: Finding[] = [];
  for (const group of groupBy(facts, ({ pixelHash }) => pixelHash).values()) {
    if (group.length === 1) continue;
    const train = group.filter(({ split }) => split === "train");
    const test = group.filter(({ split }) => split === "test");
    if (train.length > 0 && test.length > 0) {
      findings.push({
        severity: "error",
        code: "IMAGE_IN_TRAIN_AND_TEST",
        subject: test[0]!.sample.name,
        message: `The same pixels as ${listNames(group.filter((image) => image !== test[0]))}.`,
        hint: "Take it out of test/ or out of train/: measured on what was trained on, a model looks better than it is.",
      });
    }
    for (const copies of [train, test]) {
      const [first, ...others] = copies;
      if (first === undefined || others.length === 0) continue;
      findings.push({
        severity: "warning",
        code: "IMAGE_DUPLICATE",
        subject: first.sample.name,
        message: `The same pixels as ${listNames(others)}.`,
        hint: "Keep one of them: a copy teaches and proves nothing.",
      });
    }
  }
  return findings;
}
