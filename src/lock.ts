import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { lock } from "proper-lockfile";
import type { RsadError } from "./errors.ts";
import { ensureWritableFolder, fileError } from "./files.ts";

export interface LockOptions {
  /** A lock that a killed process has left counts no more after so long; at least 2. */
  readonly staleSeconds: number;
  readonly signal?: AbortSignal | undefined;
  /** Called once if there is something to wait for. */
  readonly onWait?: (() => void) | undefined;
  /** What to throw where the lock is still renewed after twice that long; if left out, waiting goes on. */
  readonly inUse?: (() => RsadError) | undefined;
}

/**
 * Runs `work` while no other process, of this machine or of another that shares the folder, runs one under the same `path`.
 * Creates the folder. Throws RSAD_PERMISSION_DENIED, RSAD_DISK_FULL; the signal's reason; and what `work` throws.
 */
export async function withLock<T>(path: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  await ensureWritableFolder(dirname(path));
  const release = await take(path, options);
  try {
    return await work();
  } finally {
    await release().catch(() => {});
  }
}

async function take(
  path: string,
  { staleSeconds, signal, onWait, inUse }: LockOptions,
): Promise<() => Promise<void>> {
  const stale = 1000 * staleSeconds;
  const until = performance.now() + 2 * stale;
  for (let waited = false; ; waited = true) {
    signal?.throwIfAborted();
    try {
      // Only a process that slept for that long loses its lock, and what it writes is what the one that took it writes.
      return await lock(path, { lockfilePath: path, realpath: false, stale, onCompromised: () => {} });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "ELOCKED") throw fileError(cause, dirname(path));
    }
    if (inUse !== undefined && performance.now() > until) throw inUse();
    if (!waited) onWait?.();
    await setTimeout(200, undefined, { signal });
  }
}
