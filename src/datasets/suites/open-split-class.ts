import { join } from "node:path";
import type { MaskRule } from "../../images/index.ts";
import type { Finding } from "../check/finding.ts";
import type { Dataset } from "../dataset.ts";
import { invalidDataset } from "../dataset-error.ts";
import { listClassFiles } from "./class-files.ts";
import { readRows } from "./read-rows.ts";
import { rowFindings } from "./row-findings.ts";
import type { SplitRow } from "./split-file.ts";

export interface Split {
  readonly path: string;
  readonly rows: readonly SplitRow[];
}

/**
 * A class in VisA's layout (Zou et al., 2022): Data/Images/Normal, Data/Images/Anomaly and Data/Masks/Anomaly, split by the
 * suite's file. Throws RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED; RSAD_DATASET_INVALID where no row is about the class.
 */
export async function openSplitClass(
  suite: string,
  name: string,
  split: Split,
  maskRule: MaskRule,
): Promise<{ dataset: Dataset; findings: readonly Finding[] }> {
  const root = join(suite, name);
  const rows = split.rows.filter(({ object }) => object === name);
  if (rows.length === 0) {
    throw invalidDataset(
      split.path,
      `rows about the class ${name}`,
      "none",
      "Take the file as the data set's authors publish it.",
    );
  }
  const files = await listClassFiles(root);
  const read = readRows(name, rows, files, maskRule);
  return {
    dataset: { root, layout: "visa", train: read.train, test: read.test },
    findings: rowFindings(root, split.path, read, files),
  };
}
