import { rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { exists, removeTemporaries } from "../files.ts";

/** What a training run keeps in its state folder. */
export const STATE_FILES = {
  /** What the features depend on. */
  featuresKey: "features.key",
  features: "features.bin",
  /** Of some images alone, and in no use after the run. */
  someFeatures: "some-features.bin",
  checkpoint: "checkpoint.safetensors",
} as const;

/** Whether a run has saved what it learned there. */
export function hasCheckpoint(folder: string): Promise<boolean> {
  return exists(join(folder, STATE_FILES.checkpoint));
}

/** Removes a run's state, and the folder if nothing else is in it. Whatever else somebody keeps there stays. */
export async function removeState(folder: string): Promise<void> {
  for (const name of Object.values(STATE_FILES)) {
    const path = join(folder, name);
    await rm(path, { force: true });
    await removeTemporaries(path);
  }
  await rmdir(folder).catch(() => {});
}
