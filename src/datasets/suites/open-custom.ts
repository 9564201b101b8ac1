import { join } from "node:path";
import { worstFirst } from "../check/finding.ts";
import { invalidDataset } from "../dataset-error.ts";
import { openDataset } from "../open-dataset.ts";
import { type ClassFolder, findClassFolders, isMvtecFolder } from "./class-folders.ts";
import { openClass } from "./open-class.ts";
import { pickClasses } from "./pick-classes.ts";
import type { Suite } from "./suite.ts";

const TITLE = "the custom suite";

/** Opens whatever classes a folder holds. Throws as `openSuite`. */
export async function openCustom(root: string, wanted: readonly string[] | undefined): Promise<Suite> {
  const folders = await findClassFolders(root);
  if (folders.length === 0) throw await noClasses(root);
  const picked = pickClasses(
    TITLE,
    folders.map(({ name }) => name),
    wanted,
  );
  const opened = await Promise.all(
    folders.filter(({ name }) => picked.includes(name)).map(async (folder) => open(folder)),
  );
  return {
    id: "custom",
    title: "Custom",
    root,
    classes: opened.flatMap(({ name, dataset }) => (dataset === undefined ? [] : [{ name, dataset }])),
    findings: worstFirst(opened.flatMap(({ findings }) => findings)),
  };
}

async function open({ name, path }: ClassFolder) {
  return {
    name,
    ...(await openClass(name, async () => ({ dataset: await openDataset(path), findings: [] }))),
  };
}

async function noClasses(root: string) {
  const isClass = await isMvtecFolder(root);
  return invalidDataset(
    root,
    "a folder of classes, each with train/good, test/good and test/<defect type>",
    isClass ? "a single class" : "no such folder",
    isClass ? `Name the folder above: ${join(root, "..")}` : "Put each class into a folder of its own.",
  );
}
