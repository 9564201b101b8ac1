import { RsadError } from "../../errors.ts";
import { checkCounts } from "../check/check-counts.ts";
import { checkMaskPresence } from "../check/check-masks.ts";
import { errorFinding, type Finding } from "../check/finding.ts";
import type { Dataset } from "../dataset.ts";

export interface OpenedClass {
  /** Absent where the class cannot be trained on and measured; a finding says why. */
  readonly dataset?: Dataset;
  /** Subjects begin with the class's name. */
  readonly findings: readonly Finding[];
}

/** Opens a class of a suite and looks at its images' and masks' names; what hinders is a finding, not an error. */
export async function openClass(
  name: string,
  open: () => Promise<{ dataset: Dataset; findings: readonly Finding[] }>,
): Promise<OpenedClass> {
  try {
    const { dataset, findings } = await open();
    const counts = checkCounts(dataset).map(asOfSuite);
    const masks = dataset.layout === "mvtec" ? await checkMaskPresence(dataset) : [];
    const usable = dataset.train.length > 0 && dataset.test.length > 0;
    return {
      ...(usable && { dataset }),
      findings: [...findings, ...counts, ...masks].map((finding) => below(name, dataset.root, finding)),
    };
  } catch (error) {
    if (!(error instanceof RsadError)) throw error;
    return { findings: [{ ...errorFinding(error), subject: name }] };
  }
}

/** Without test images a model can be trained but not measured: in a suite, that is of no use. */
function asOfSuite(finding: Finding): Finding {
  return finding.code === "TEST_ABSENT" ? { ...finding, severity: "error" } : finding;
}

function below(name: string, root: string, finding: Finding): Finding {
  return { ...finding, subject: finding.subject === root ? name : `${name}/${finding.subject}` };
}
