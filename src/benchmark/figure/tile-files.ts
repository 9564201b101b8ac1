import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileError, writeFileAtomic } from "../../files.ts";
import type { Tiles } from "./tile-collector.ts";

/**
 * Writes a cell's tiles as image.png, truth.png and map.png in the place of all that were there, or nothing in their place.
 * Throws RSAD_DISK_FULL, RSAD_PERMISSION_DENIED.
 */
export async function writeTiles(folder: string, tiles: Tiles | undefined): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch((cause) => {
    throw fileError(cause, folder);
  });
  if (tiles === undefined) return;
  const { image, truth, map } = tiles;
  await writeFileAtomic(join(folder, "image.png"), image);
  if (truth !== undefined) await writeFileAtomic(join(folder, "truth.png"), truth);
  // The last one, so that where it is, the others are.
  await writeFileAtomic(join(folder, "map.png"), map);
}

/** What {@link writeTiles} has written; undefined where it has not. */
export async function readTiles(folder: string): Promise<Tiles | undefined> {
  const [image, truth, map] = await Promise.all(
    ["image.png", "truth.png", "map.png"].map((name) => readIfThere(join(folder, name))),
  );
  return image === undefined || map === undefined ? undefined : { image, truth, map };
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw fileError(cause, path);
  }
}
