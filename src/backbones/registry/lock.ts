import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { lock } from "proper-lockfile";
import { ensureWritableFolder, fileError } from "../../files.ts";

/**
 * Runs `work` while no other process, of this machine or of another that shares the folder, runs one under the same
 * `path`. Waits its turn; a lock that a killed process has left counts no more after 10 seconds. Creates the folder.
 * Throws RSAD_PERMISSION_DENIED, RSAD_DISK_FULL; and what `work` throws.
 */
export async function withLock<T>(
  path: string,
  { signal, onWait }: { signal?: AbortSignal | undefined; onWait?: (() => void) | undefined },
  work: () => Promise<T>,
): Promise<T> {
  await ensureWritableFolder(dirname(path));
  const release = await take(path, signal, onWait);
  try {
    return await work();
  } finally {
    await release().catch(() => {});
  }
}

async function take(path: string, signal?: AbortSignal, onWait?: () => void): Promise<() => Promise<void>> {
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await lock(path, {
        lockfilePath: path,
        realpath: false,
        stale: 10_000,
        // Whoever took it from us, asleep as we were, does the same work; what both wrote is checked by its hash.
        onCompromised: () => {},
      });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "ELOCKED") throw fileError(cause, dirname(path));
    }
    onWait?.();
    await setTimeout(200, undefined, { signal });
  }
}
