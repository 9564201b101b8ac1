import { basename, dirname, resolve } from "node:path";
import type { RsadError } from "../../errors.ts";
import { type Finding, worstFirst } from "../check/finding.ts";
import { invalidDataset } from "../dataset-error.ts";
import { listFolders } from "../list-images.ts";
import { openDataset } from "../open-dataset.ts";
import { type ClassFolder, findClassFolders } from "./class-folders.ts";
import { layoutOf } from "./layout.ts";
import { openClass } from "./open-class.ts";
import { pickClasses } from "./pick-classes.ts";
import { recognise } from "./recognise.ts";
import type { Suite } from "./suite.ts";

const TITLE = "the custom suite";

/** Opens whatever classes a folder holds. Throws as `openSuite`. */
export async function openCustom(root: string, wanted: readonly string[] | undefined): Promise<Suite> {
  const { classes: folders, others } = await findClassFolders(root);
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
    title: basename(resolve(root)),
    root,
    classes: opened.flatMap(({ name, dataset }) => (dataset === undefined ? [] : [{ name, dataset }])),
    findings: worstFirst([...opened.flatMap(({ findings }) => findings), ...others.map(notAClass)]),
  };
}

async function open({ name, path }: ClassFolder) {
  return {
    name,
    ...(await openClass(name, async () => ({ dataset: await openDataset(path), findings: [] }))),
  };
}

function notAClass(subject: string): Finding {
  return {
    severity: "info",
    code: "CLASS_UNKNOWN",
    subject,
    message: "The folder holds images, but neither train nor test; it is passed over.",
    hint: "A class has train/good, test/good and test/<defect type>.",
  };
}

async function noClasses(root: string): Promise<RsadError> {
  const isClass = (await layoutOf(root)) === "mvtec";
  const [published] = recognise(await listFolders(root));
  return invalidDataset(
    root,
    "a folder of classes, each with train/good, test/good and test/<defect type>",
    isClass
      ? "a single class"
      : published === undefined
        ? "no such folder"
        : `the classes of ${published.title}`,
    isClass
      ? `Name the folder above: ${dirname(resolve(root))}`
      : published === undefined
        ? "Put each class into a folder of its own."
        : `Name the suite ${published.id}.`,
  );
}
