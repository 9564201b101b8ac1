import { join } from "node:path";
import { compare, listFolders, listImages } from "../list-images.ts";
import { layoutOf } from "./layout.ts";

export interface ClassFolder {
  readonly name: string;
  readonly path: string;
}

/**
 * The classes of a custom suite by name: folders that hold `train` or `test`, in `folder` or in a folder of it that is no
 * class itself. Where two have the same name, they are called `<folder>/<name>`. `others` are folders with images outside
 * any class.
 */
export async function findClassFolders(
  folder: string,
): Promise<{ classes: ClassFolder[]; others: string[] }> {
  const found: { group: string; name: string; path: string }[] = [];
  const others: string[] = [];
  for (const name of await listFolders(folder)) {
    const path = join(folder, name);
    if ((await layoutOf(path)) === "mvtec") {
      found.push({ group: "", name, path });
      continue;
    }
    const before = found.length;
    for (const inner of await listFolders(path)) {
      const innerPath = join(path, inner);
      if ((await layoutOf(innerPath)) === "mvtec")
        found.push({ group: `${name}/`, name: inner, path: innerPath });
    }
    if (found.length === before && (await listImages(path)).length > 0) others.push(name);
  }
  const names = found.map(({ name }) => name);
  const isUnique = (name: string) => names.indexOf(name) === names.lastIndexOf(name);
  const classes = found
    .map(({ group, name, path }) => ({ name: isUnique(name) ? name : group + name, path }))
    .sort((a, b) => compare(a.name, b.name));
  return { classes, others };
}
