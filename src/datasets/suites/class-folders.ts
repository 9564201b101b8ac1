import { join } from "node:path";
import { compare, listEntries } from "../list-images.ts";

export interface ClassFolder {
  readonly name: string;
  readonly path: string;
}

/** Names of the folders in `folder`. */
export async function listFolders(folder: string): Promise<string[]> {
  return (await listEntries(folder)).flatMap(({ name, kind }) => (kind === "folder" ? [name] : []));
}

/**
 * The classes of a custom suite by name: folders that hold `train` or `test`, in `folder` or in a folder of it that is no
 * class itself. Where two have the same name, they are called `<folder>/<name>`.
 */
export async function findClassFolders(folder: string): Promise<ClassFolder[]> {
  const found: { group: string; name: string; path: string }[] = [];
  for (const name of await listFolders(folder)) {
    const path = join(folder, name);
    if (await isMvtecFolder(path)) {
      found.push({ group: "", name, path });
      continue;
    }
    for (const inner of await listFolders(path)) {
      const innerPath = join(path, inner);
      if (await isMvtecFolder(innerPath)) found.push({ group: `${name}/`, name: inner, path: innerPath });
    }
  }
  const names = found.map(({ name }) => name);
  const isUnique = (name: string) => names.indexOf(name) === names.lastIndexOf(name);
  return found
    .map(({ group, name, path }) => ({ name: isUnique(name) ? name : group + name, path }))
    .sort((a, b) => compare(a.name, b.name));
}

/** Whether a folder looks like a data set in the MVTec layout. */
export async function isMvtecFolder(folder: string): Promise<boolean> {
  const folders = await listFolders(folder);
  return folders.includes("train") || folders.includes("test");
}
