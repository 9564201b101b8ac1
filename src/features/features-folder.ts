import { createHash } from "node:crypto";
import { readFile, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { RsadError } from "../errors.ts";
import { fileError, freeBytes, writeFileAtomic } from "../files.ts";
import { STATE_FILES } from "./state-folder.ts";

const RESERVE = 64 * 2 ** 20;

/** Stands for the images and the model that computes their features. */
export function featuresKey(model: Uint8Array, fingerprint: string): string {
  return createHash("sha256").update(model).update(fingerprint).digest("hex");
}

/**
 * Marks a new folder as holding the features of `key`; throws RSAD_CHECKPOINT_MISMATCH if it holds others. Says whether it was
 * new.
 */
export async function claim(folder: string, key: string): Promise<boolean> {
  const path = join(folder, STATE_FILES.featuresKey);
  const known = await readFile(path, "utf8").catch((cause) => {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw fileError(cause, path);
  });
  if (known === undefined) {
    await writeFileAtomic(path, key);
    return true;
  }
  if (known === key) return false;
  throw new RsadError("RSAD_CHECKPOINT_MISMATCH", {
    subject: folder,
    expected: "features of the same images, backbone and preprocessing",
    received: "features of something else",
    hint: "Choose another output, start anew (--force; in the library resume: false), or delete this folder.",
  });
}

/** Takes back a claim of a new folder, and the folder if nothing else is in it. */
export async function disclaim(folder: string): Promise<void> {
  await rm(join(folder, STATE_FILES.featuresKey), { force: true }).catch(() => {});
  await rmdir(folder).catch(() => {});
}

/** Throws RSAD_DISK_FULL if the disk that holds `folder` has no room for so many bytes of features. */
export async function checkRoom(folder: string, need: number): Promise<void> {
  const free = await freeBytes(folder);
  if (free >= need + RESERVE) return;
  const mebibytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MiB`;
  throw new RsadError("RSAD_DISK_FULL", {
    subject: folder,
    expected: `${mebibytes(need)} for the features`,
    received: `${mebibytes(free)} free`,
    hint: "Free some space, choose an output folder on another disk, or use a smaller input size.",
  });
}
