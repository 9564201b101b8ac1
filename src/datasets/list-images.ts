import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileError } from "../files.ts";
import { isHeatmap, isImageFile } from "../images/index.ts";

export interface FoundFile {
  readonly path: string;
  /** Path below the folder that was searched, '/'-separated, Unicode form NFC. */
  readonly name: string;
}

/** The files of {@link listFiles} that are images by their extension, but for what an inspection wrote. */
export async function listImages(folder: string): Promise<FoundFile[]> {
  return (await listFiles(folder)).filter(({ name }) => isImageFile(name) && !isHeatmap(name));
}

/**
 * All visible files in `folder` and the folders below it, sorted by name in code-unit order. Hidden files and folders
 * are passed over; links are followed, each folder once. Throws RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED; of a folder below
 * `folder` these go to `onUnread` instead, if it is given, and the others are listed all the same.
 */
export async function listFiles(
  folder: string,
  onUnread?: (path: string, error: unknown) => void,
): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  const visited = new Set<string>();
  const walk = async (below: string, prefix: string): Promise<void> => {
    const real = await realpath(below).catch((cause) => Promise.reject(fileError(cause, below)));
    if (visited.has(real)) return;
    visited.add(real);
    for (const { name, kind } of await listEntries(below)) {
      const path = join(below, name);
      if (kind === "folder") {
        const walked = walk(path, `${prefix}${name}/`);
        await (onUnread === undefined ? walked : walked.catch((error) => onUnread(path, error)));
      } else found.push({ path, name: `${prefix}${name}`.normalize("NFC") });
    }
  };
  await walk(folder, "");
  return found.sort((a, b) => compare(a.name, b.name) || compare(a.path, b.path));
}

/** Visible entries of a folder, links resolved, sorted. Throws as {@link listFiles}. */
export async function listEntries(folder: string): Promise<{ name: string; kind: "file" | "folder" }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause) =>
    Promise.reject(fileError(cause, folder)),
  );
  const visible = entries.filter(({ name }) => !name.startsWith("."));
  visible.sort((a, b) => compare(a.name, b.name));
  return Promise.all(visible.map(async (entry) => ({ name: entry.name, kind: await kindOf(folder, entry) })));
}

/** Names of the visible folders in a folder, links to folders included, sorted. Throws as {@link listFiles}. */
export async function listFolders(folder: string): Promise<string[]> {
  return (await listEntries(folder)).flatMap(({ name, kind }) => (kind === "folder" ? [name] : []));
}

/** A link that leads nowhere counts as a file, so that opening it tells. */
async function kindOf(folder: string, entry: Dirent): Promise<"file" | "folder"> {
  if (!entry.isSymbolicLink()) return entry.isDirectory() ? "folder" : "file";
  const target = await stat(join(folder, entry.name)).catch(() => undefined);
  return target?.isDirectory() ? "folder" : "file";
}

/** Code-unit order, the same in every locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
