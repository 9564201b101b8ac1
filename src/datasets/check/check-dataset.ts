import { RsadError } from "../../errors.ts";
import { checkFields } from "../../fields.ts";
import type { OnProgress } from "../../progress.ts";
import type { Dataset, Sample } from "../dataset.ts";
import { openDataset } from "../open-dataset.ts";
import { checkCounts } from "./check-counts.ts";
import { checkDuplicates } from "./check-duplicates.ts";
import { checkFiles } from "./check-files.ts";
import { checkMask, checkMaskPresence } from "./check-masks.ts";
import { checkPixels } from "./check-pixels.ts";
import { checkSizes } from "./check-sizes.ts";
import { errorFinding, type Finding, worstFirst } from "./finding.ts";
import { type ImageFacts, imageFacts } from "./image-facts.ts";

export interface CheckOptions {
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Says what is wrong or worth knowing about a data set, worst first. Decodes every image and mask, one at a time, and
 * changes nothing. What a user can mend is a finding, never an error thrown, a data set that does not open included. An abort throws the
 * signal's reason.
 */
export async function checkDataset(folder: string, options: CheckOptions = {}): Promise<Finding[]> {
  checkFields("checkDataset", { folder }, { folder: "path" });
  checkFields("checkDataset", options, { onProgress: "function?", signal: "signal?" });
  try {
    return worstFirst(await checkOpened(await openDataset(folder), options));
  } catch (error) {
    if (!(error instanceof RsadError)) throw error;
    return [errorFinding(error)];
  }
}

async function checkOpened(dataset: Dataset, { onProgress, signal }: CheckOptions): Promise<Finding[]> {
  const findings: Finding[] = [];
  const facts: ImageFacts[] = [];
  const total = dataset.train.length + dataset.test.length;
  let done = 0;
  const report = () => onProgress?.({ phase: "check images", done, total });
  report();
  for (const split of ["train", "test"] as const) {
    for (const sample of dataset[split]) {
      signal?.throwIfAborted();
      const image = await invalidAsFinding(findings, sample, () => imageFacts(sample, split));
      if (image !== undefined) facts.push(image);
      if (sample.mask !== undefined) findings.push(...(await checkMask(sample.mask, sample, image)));
      done++;
      report();
    }
  }
  return findings.concat(
    checkCounts(dataset),
    checkDuplicates(facts),
    checkPixels(facts),
    checkSizes(facts),
    await checkMaskPresence(dataset),
    await checkFiles(dataset),
  );
}

async function invalidAsFinding(
  findings: Finding[],
  { name, path }: Sample,
  examine: () => Promise<ImageFacts>,
): Promise<ImageFacts | undefined> {
  try {
    return await examine();
  } catch (error) {
    if (!(error instanceof RsadError)) throw error;
    findings.push({
      severity: "error",
      code: "IMAGE_INVALID",
      subject: name,
      message: error.message.replace(` for ${path}`, ""),
      hint: error.hint,
    });
    return undefined;
  }
}
