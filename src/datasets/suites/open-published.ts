import { join } from "node:path";
import { type Finding, worstFirst } from "../check/finding.ts";
import type { Dataset } from "../dataset.ts";
import { invalidDataset } from "../dataset-error.ts";
import { listFolders } from "../list-images.ts";
import { openDataset } from "../open-dataset.ts";
import { compareCounts } from "./compare-counts.ts";
import { countImages } from "./count-images.ts";
import { findSplit } from "./find-split.ts";
import { layoutOf } from "./layout.ts";
import { openClass } from "./open-class.ts";
import { openSplitClass, type Split } from "./open-split-class.ts";
import { pickClasses } from "./pick-classes.ts";
import type { Publication } from "./publication.ts";
import { PUBLICATIONS, type PublishedSuiteId } from "./publications.ts";
import type { Suite, SuiteClass } from "./suite.ts";
import { missingClass, otherSuite, unknownClasses, unknownRows } from "./suite-findings.ts";
import { wrongFolder } from "./wrong-folder.ts";

/** Opens a published suite. Throws as `openSuite`. */
export async function openPublished(
  id: PublishedSuiteId,
  root: string,
  wanted: readonly string[] | undefined,
): Promise<Suite> {
  const publication = PUBLICATIONS[id];
  const names = pickClasses(publication.title, Object.keys(publication.classes), wanted);
  const folders = await listFolders(root);
  if (!Object.keys(publication.classes).some((name) => folders.includes(name))) {
    throw await wrongFolder(publication, root);
  }
  const split = await splitOf(
    root,
    names.filter((name) => folders.includes(name)),
    publication,
  );
  const classes: SuiteClass[] = [];
  const findings: Finding[] = [
    ...otherSuite(id, root, folders),
    ...(await unknownClasses(root, folders, publication)),
    ...(split === undefined ? [] : unknownRows(split, publication)),
  ];
  for (const name of names) {
    if (!folders.includes(name)) {
      findings.push(missingClass(name, publication));
      continue;
    }
    const opened = await openClass(name, () => open(root, name, split, publication));
    findings.push(...opened.findings);
    if (opened.dataset === undefined) continue;
    classes.push({ name, dataset: opened.dataset });
    findings.push(...compareCounts(name, countImages(opened.dataset), publication));
  }
  return { id, title: publication.title, root, classes, findings: worstFirst(findings) };
}

/** The split of the suite, where a class needs it. */
async function splitOf(
  root: string,
  names: readonly string[],
  publication: Publication,
): Promise<Split | undefined> {
  if (publication.splitFiles === undefined) return undefined;
  const layouts = await Promise.all(names.map((name) => layoutOf(join(root, name))));
  return layouts.includes("visa") ? findSplit(root, publication) : undefined;
}

async function open(
  root: string,
  name: string,
  split: Split | undefined,
  { maskRule = "half" }: Publication,
): Promise<{ dataset: Dataset; findings: readonly Finding[] }> {
  const folder = join(root, name);
  const layout = await layoutOf(folder);
  if (layout === "visa" && split !== undefined) return openSplitClass(root, name, split, maskRule);
  if (layout !== "mvtec") {
    throw invalidDataset(
      folder,
      split === undefined ? "the folders train and test" : "the folder Data, or the folders train and test",
      "none of them",
      "Get the class's folder anew, laid out as its authors publish it.",
    );
  }
  const dataset = await openDataset(folder);
  const test = dataset.test.map((sample) => (sample.mask === undefined ? sample : { ...sample, maskRule }));
  return { dataset: maskRule === "half" ? dataset : { ...dataset, test }, findings: [] };
}
