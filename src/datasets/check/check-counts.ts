import { type Dataset, GOOD } from "../dataset.ts";
import type { Finding } from "./finding.ts";

/** Training refuses fewer. */
const TOO_FEW = 4;
const FEW = 30;

/** Looks at how many images there are of which kind. */
export function checkCounts({ root, layout, train, test }: Dataset): Finding[] {
  const findings: Finding[] = [];
  if (train.length < FEW) {
    findings.push({
      severity: train.length < TOO_FEW ? "error" : "warning",
      code: "TRAIN_FEW",
      subject: root,
      message: `${train.length} training ${train.length === 1 ? "image" : "images"}.`,
      hint: `Take ${FEW} or more photos of different good parts, in all the light and positions that occur.`,
    });
  }
  if (test.length === 0) {
    findings.push({
      severity: "info",
      code: "TEST_ABSENT",
      subject: root,
      message: "No test images: a model can be trained, but not measured.",
      hint:
        layout === "folder"
          ? "To measure, use the layout train/good, test/good, test/<defect type>."
          : "To measure, put images into test/good and test/<defect type>.",
    });
    return findings;
  }
  const good = test.filter(({ type }) => type === GOOD).length;
  if (good === 0 || good === test.length) {
    findings.push({
      severity: "warning",
      code: "TEST_ONE_SIDED",
      subject: "test",
      message: `The test set has no ${good === 0 ? "good" : "defective"} images.`,
      hint: "AUROC needs both: good images that training did not see, and defective ones.",
    });
  }
  return findings;
}
