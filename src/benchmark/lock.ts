import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { lock } from "proper-lockfile";
import { RsadError } from "../errors.ts";
import { ensureWritableFolder, fileError } from "../files.ts";

export interface LockOptions {
  /** A lock that a killed run has left counts no more after so long; at least 2. */
  readonly staleSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called once if there is something to wait for. */
  readonly onWait?: (() => void) | undefined;
}

/**
 * Runs `work` while no other run uses the output folder. A lock of a killed run is waited out; one that is still being renewed
 * after that is another run's, and RSAD_ARGUMENT_INVALID.
 */
export async function withRunLock<T>(
  path: string,
  { staleSeconds = 5, signal, onWait }: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  await ensureWritableFolder(dirname(path));
  const until = performance.now() + 2000 * staleSeconds;
  let release: () => Promise<void>;
  for (let waited = false; ; waited = true) {
    signal?.throwIfAborted();
    try {
      const stale = 1000 * staleSeconds;
      // Only a run that slept for that long loses its lock, and its results are those that the other one would have.
      release = await lock(path, { lockfilePath: path, realpath: false, stale, onCompromised: () => {} });
      break;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "ELOCKED") throw fileError(cause, dirname(path));
      if (performance.now() > until) throw inUse(dirname(dirname(path)));
    }
    if (!waited) onWait?.();
    await setTimeout(200, undefined, { signal });
  }
  try {
    return await work();
  } finally {
    await release().catch(() => {});
  }
}

function inUse(folder: string): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: folder,
    expected: "an output folder that no other run is using",
    received: "one in use",
    hint: "Wait for the other run or stop it; parts of a run on several machines need a folder each, see --shard.",
  });
}
