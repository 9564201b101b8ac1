import { join } from "node:path";
import { type Finding, worstFirst } from "../check/finding.ts";
import { openDataset } from "../open-dataset.ts";
import { listFolders } from "./class-folders.ts";
import { compareCounts } from "./compare-counts.ts";
import { countImages } from "./count-images.ts";
import { openClass } from "./open-class.ts";
import { pickClasses } from "./pick-classes.ts";
import type { Publication } from "./publication.ts";
import { PUBLICATIONS, type PublishedSuiteId } from "./publications.ts";
import type { Suite, SuiteClass } from "./suite.ts";

/** Opens a published suite. Throws as `openSuite`. */
export async function openPublished(
  id: PublishedSuiteId,
  root: string,
  wanted: readonly string[] | undefined,
): Promise<Suite> {
  const publication = PUBLICATIONS[id];
  const names = pickClasses(publication.title, Object.keys(publication.classes), wanted);
  const folders = await listFolders(root);
  const classes: SuiteClass[] = [];
  const findings: Finding[] = [];
  for (const name of names) {
    if (!folders.includes(name)) {
      findings.push(missingClass(name, publication));
      continue;
    }
    const { dataset, findings: ofClass } = await openClass(name, async () => ({
      dataset: await openDataset(join(root, name)),
      findings: [],
    }));
    findings.push(...ofClass);
    if (dataset === undefined) continue;
    classes.push({ name, dataset });
    findings.push(...compareCounts(name, countImages(dataset), publication));
  }
  return { id, title: publication.title, root, classes, findings: worstFirst(findings) };
}

function missingClass(name: string, { title, page, licence }: Publication): Finding {
  return {
    severity: "warning",
    code: "CLASS_MISSING",
    subject: name,
    message: `${title}'s class ${name} is missing.`,
    hint: `Get it from ${page} (licence: ${licence}).`,
  };
}
