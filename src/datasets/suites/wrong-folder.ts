import { basename, dirname, join, resolve } from "node:path";
import type { RsadError } from "../../errors.ts";
import { invalidDataset } from "../dataset-error.ts";
import { listFolders } from "../list-images.ts";
import { layoutOf } from "./layout.ts";
import type { Publication } from "./publication.ts";
import { recognise } from "./recognise.ts";

/** The error where a folder holds no class of a published suite: says which folder, or which suite, is likely meant. */
export async function wrongFolder(
  { title, classes, page, licence }: Publication,
  root: string,
): Promise<RsadError> {
  const names = Object.keys(classes);
  const folders = await listFolders(root);
  const [other] = recognise(folders);
  const wrong = (received: string, hint: string) =>
    invalidDataset(root, `the folder of ${title}, with its classes (${names.join(", ")})`, received, hint);

  if (other !== undefined) return wrong(`the classes of ${other.title}`, `Name the suite ${other.id}.`);
  const absolute = resolve(root);
  if (names.includes(basename(absolute)) || (await layoutOf(root)) !== undefined) {
    return wrong("the folder of a single class", `Name the folder above: ${dirname(absolute)}`);
  }
  for (const inner of folders) {
    const path = join(root, inner);
    if ((await listFolders(path)).some((name) => names.includes(name))) {
      return wrong(`a folder that holds it (${inner})`, `Name the folder in it: ${path}`);
    }
  }
  return wrong("none of them", `Check the path. ${title} is to be had from ${page} (licence: ${licence}).`);
}
