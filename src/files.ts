import { createHash, randomBytes } from "node:crypto";
import {
  access,
  constants,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  statfs,
} from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type ErrorCode, RsadError } from "./errors.ts";

/**
 * Writes a file so that `path` holds either the old content or all of the new: to a temporary name beside it, flushed,
 * then renamed. Creates the folder; where writing fails, it goes again. Throws RSAD_DISK_FULL, RSAD_PERMISSION_DENIED,
 * RSAD_FILE_MISSING for a folder in the file's place, RSAD_FILE_FAILED.
 */
export async function writeFileAtomic(path: string, data: string | Uint8Array): Promise<void> {
  const temporary = temporaryOf(path);
  const made: string[] = [];
  try {
    await makeFolder(dirname(path), made);
    const file = await open(temporary, "w");
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await moveFile(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    await removeEmptyFolders(made);
    throw fileError(cause, path);
  }
}

/** What Windows says of a file that a virus scanner or an indexer holds, mostly for a moment. */
const HELD = new Set(["EACCES", "EBUSY", "EPERM"]);
/** Milliseconds before each further attempt. */
const PAUSES = [10, 20, 50, 100, 200, 400, 800];

/** Renames a file within its folder, in place of what has the other name; on Windows again and again while somebody else holds one of them. */
export async function moveFile(from: string, to: string): Promise<void> {
  for (const milliseconds of process.platform === "win32" ? PAUSES : []) {
    try {
      return await rename(from, to);
    } catch (cause) {
      if (!HELD.has((cause as NodeJS.ErrnoException).code ?? "")) throw cause;
      await pause(milliseconds);
    }
  }
  await rename(from, to);
}

/** A new temporary name beside `path`. It is short: a name may be as long as the system allows. */
export function temporaryOf(path: string): string {
  return join(dirname(path), `${temporaryStart(basename(path))}${randomBytes(6).toString("hex")}.tmp`);
}

/** Whether `name` is a temporary name of a file that is called `target`. */
export function isTemporaryOf(target: string, name: string): boolean {
  const start = temporaryStart(target);
  return name.startsWith(start) && /^[0-9a-f]{12}\.tmp$/.test(name.slice(start.length));
}

function temporaryStart(target: string): string {
  return `.${createHash("sha256").update(target).digest("hex").slice(0, 12)}.`;
}

/** Removes what killed processes left of writing `path`; nobody else may be writing it. */
export async function removeTemporaries(path: string): Promise<void> {
  const folder = dirname(path);
  for (const name of await readdir(folder).catch(() => [])) {
    if (isTemporaryOf(basename(path), name)) await rm(join(folder, name), { force: true }).catch(() => {});
  }
}

/** A file: its path, or its bytes. */
export type FileSource = string | Uint8Array;

/** A file's bytes, and what errors call it. */
export interface ReadSource {
  readonly bytes: Uint8Array;
  readonly subject: string;
}

/**
 * A file's bytes, and what errors call it: its path, else `name`. Throws RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED, and
 * RSAD_ARGUMENT_INVALID for what callers without types may give.
 */
export async function readSource(source: FileSource, name: string): Promise<ReadSource> {
  if (source instanceof Uint8Array) return { bytes: source, subject: name };
  if (typeof source === "string") {
    const bytes = await readFile(source).catch((cause) => Promise.reject(fileError(cause, source)));
    return { bytes, subject: source };
  }
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: name,
    expected: "the path of a file, or its bytes as a Uint8Array",
    received: typeof source,
    hint: "Bytes of another kind: new Uint8Array(buffer).",
  });
}

/** Whether there is a file or folder that can be told of. */
export async function exists(path: string | URL): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Free bytes on the disk that holds `folder`, which must exist. */
export async function freeBytes(folder: string): Promise<number> {
  const disk = await statfs(folder);
  return disk.bavail * disk.bsize;
}

/**
 * Creates `folder` if need be and makes sure that files can be written there. Returns the folders that it created, for
 * {@link removeEmptyFolders}. Throws as {@link writeFileAtomic}.
 */
export async function ensureWritableFolder(folder: string): Promise<readonly string[]> {
  const made: string[] = [];
  try {
    await makeFolder(folder, made);
    await access(folder, constants.W_OK);
    return made;
  } catch (cause) {
    await removeEmptyFolders(made);
    throw fileError(cause, folder);
  }
}

/** What `action` gives once files can be written in `folder`; folders created for it in which nothing is afterwards go again. */
export async function withWritableFolder<T>(folder: string, action: () => Promise<T>): Promise<T> {
  const made = await ensureWritableFolder(folder);
  try {
    return await action();
  } finally {
    await removeEmptyFolders(made);
  }
}

/** Removes folders in which nothing is, each after those that were made in it. */
export async function removeEmptyFolders(made: readonly string[]): Promise<void> {
  for (const folder of made.toReversed()) await rmdir(folder).catch(() => {});
}

/**
 * Creates a folder and those above it, and adds those that it creates to `made`, the outermost first. Node's own
 * `recursive` never returns where a folder that is there says that nothing can be made in it because it is not there,
 * as /proc does.
 */
async function makeFolder(folder: string, made: string[]): Promise<void> {
  const exists = () =>
    stat(folder).then(
      (entry) => entry.isDirectory(),
      () => false,
    );
  if (await exists()) return;
  const above = dirname(folder);
  if (above !== folder) await makeFolder(above, made);
  try {
    await mkdir(folder);
    made.push(folder);
  } catch (cause) {
    if (!(await exists())) throw cause;
  }
}

/** What else than a path, the disk or permissions may be amiss with a file. */
const FAILURE_HINTS: Readonly<Record<string, string>> = {
  EBUSY: "Another program uses the file: close it.",
  EIO: "The disk, or the connection to it, does not work as it should: check it.",
  ELOOP: "Links lead to each other in a circle: mend them.",
  EMFILE: "Too many files are open at once: raise the limit (ulimit -n).",
  ENAMETOOLONG: "Give the file or its folders shorter names.",
  ENFILE: "Too many files are open at once: close other programs.",
  ERR_FS_FILE_TOO_LARGE: "A file that is read whole may have up to 2 GiB.",
};

/** Codes of the system, and of Node where it refuses a file by itself. */
const FILE_CODE = /^(E[A-Z0-9]+|ERR_FS_\w+|UNKNOWN)$/;

/** Turns a file system error into an RsadError; passes an RsadError, and what is no failure of a file, through. */
export function fileError(cause: unknown, path: string): unknown {
  const { code, syscall, path: at = path } = (cause ?? {}) as NodeJS.ErrnoException;
  if (cause instanceof RsadError || typeof code !== "string" || !FILE_CODE.test(code)) return cause;
  const error = (kind: ErrorCode, expected: string, received: string, hint: string, subject = path) =>
    new RsadError(kind, { subject, expected, received, hint, cause });
  // The file may lie above the one that was to be written.
  if (code === "EEXIST" && syscall === "mkdir") {
    const hint = "Choose another place, or move the file out of the way.";
    return error("RSAD_FILE_MISSING", "a folder", "a file of that name", hint, at);
  }
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return error(
        "RSAD_DISK_FULL",
        "room on the disk",
        "a full disk",
        "Free some space or choose a place on another disk; the file that was there before, if any, is as it was.",
      );
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return error(
        "RSAD_PERMISSION_DENIED",
        "permission to read and write",
        `no permission (${code})`,
        "Change the permissions, or choose a place that you may read and, for results, write.",
      );
    case "ENOENT":
      return error(
        "RSAD_FILE_MISSING",
        "a file or folder that can be opened",
        "nothing of that name (ENOENT)",
        "Check the path.",
      );
    case "EISDIR":
      return error("RSAD_FILE_MISSING", "a file", "a folder", "Name a file in it.");
    case "EEXIST":
    case "ENOTDIR":
      return error(
        "RSAD_FILE_MISSING",
        "a file or folder that can be opened",
        `something else of that name (${code})`,
        "A file is where a folder is wanted, or the other way round: check the path.",
      );
    default:
      return error(
        "RSAD_FILE_FAILED",
        "a file or folder that can be read and written",
        `a failure of the system (${code})`,
        FAILURE_HINTS[code] ?? "Run the command again, or choose another place.",
      );
  }
}
