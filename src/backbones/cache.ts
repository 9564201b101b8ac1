import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { writeFileAtomic } from "../files.ts";

/**
 * Bytes that cost more to make than to read, kept in a file of the cache folder and recognised by their hash, which is
 * known beforehand: a damaged, foreign or outdated file is made anew without a word, and where the folder cannot be
 * written everything works without it. The folder is `cacheDir`, {@link cacheFolder} if left out.
 */
export async function cached(
  { name, sha256, cacheDir }: { name: string; sha256: string; cacheDir?: string | undefined },
  make: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const folder = cacheDir ?? (await cacheFolder());
  if (folder === undefined) return make();
  const file = join(folder, `${name}-${sha256.slice(0, 16)}`);
  const known = await readFile(file).catch(() => undefined);
  if (known !== undefined && createHash("sha256").update(known).digest("hex") === sha256) {
    return new Uint8Array(known);
  }
  const made = await make();
  await writeFileAtomic(file, made).catch(() => {});
  return made;
}

/**
 * The environment variable RSAD_CACHE_DIR, else the platform's cache folder. undefined where the platform knows no home
 * folder: env-paths then throws when it is loaded, or names a relative path.
 */
export async function cacheFolder(): Promise<string | undefined> {
  const chosen = process.env.RSAD_CACHE_DIR;
  if (chosen) return chosen;
  try {
    const { default: envPaths } = await import("env-paths");
    const folder = envPaths("rsad", { suffix: "" }).cache;
    return isAbsolute(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}
