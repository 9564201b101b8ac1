import { randomBytes } from "node:crypto";
import { access, constants, mkdir, open, rename, rm, statfs } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { RsadError } from "./errors.ts";

/**
 * Writes a file so that `path` holds either the old content or all of the new: to a temporary name beside it, flushed,
 * then renamed. Creates the folder. Throws RSAD_DISK_FULL, RSAD_PERMISSION_DENIED.
 */
export async function writeFileAtomic(path: string, data: string | Uint8Array): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(temporary, "w");
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    throw fileError(cause, path);
  }
}

/** Free bytes on the disk that holds `folder`, which must exist. */
export async function freeBytes(folder: string): Promise<number> {
  const disk = await statfs(folder);
  return disk.bavail * disk.bsize;
}

/** Creates `folder` if need be and makes sure that files can be written there. Throws as {@link writeFileAtomic}. */
export async function ensureWritableFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw fileError(cause, folder);
  }
}

/** Turns a file system error into an RsadError; passes an RsadError through. */
export function fileError(cause: unknown, path: string): RsadError {
  if (cause instanceof RsadError) return cause;
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new RsadError("RSAD_DISK_FULL", {
      subject: path,
      expected: "room on the disk",
      received: "a full disk",
      hint: "Free some space or choose another folder; nothing was overwritten.",
      cause,
    });
  }
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return new RsadError("RSAD_PERMISSION_DENIED", {
      subject: path,
      expected: "permission to read and write",
      received: code,
      hint: "Choose a folder that you may write to, or change its permissions.",
      cause,
    });
  }
  return new RsadError("RSAD_FILE_MISSING", {
    subject: path,
    expected: "a file or folder that can be opened",
    received: code ?? String(cause),
    hint: "Check the path.",
    cause,
  });
}
