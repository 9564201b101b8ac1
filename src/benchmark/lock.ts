import { dirname } from "node:path";
import { RsadError } from "../errors.ts";
import { type LockOptions, withLock } from "../lock.ts";

export interface RunLockOptions extends Pick<LockOptions, "signal" | "onWait"> {
  /** A lock that a killed run has left counts no more after so long; 5 if left out, at least 2. */
  readonly staleSeconds?: number | undefined;
}

/**
 * Runs `work` while no other run uses the output folder. A lock of a killed run is waited out; one that is still being renewed
 * after that is another run's, and RSAD_ARGUMENT_INVALID.
 */
export async function withRunLock<T>(
  path: string,
  { staleSeconds = 5, ...options }: RunLockOptions,
  work: () => Promise<T>,
): Promise<T> {
  return withLock(path, { ...options, staleSeconds, inUse: () => inUse(dirname(dirname(path))) }, work);
}

function inUse(folder: string): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: folder,
    expected: "an output folder that no other run is using",
    received: "one in use",
    hint: "Wait for the other run or stop it; parts of a run on several machines need a folder each, see --shard.",
  });
}
