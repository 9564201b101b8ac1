import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Timing, TrainResult } from "../detectors/index.ts";
import { writeFileAtomic } from "../files.ts";
import type { ModelMetadata } from "../model/index.ts";
import type { LossPoint } from "../training/index.ts";

/** What is known of a model's training beyond the model file. */
export interface TrainingRecord {
  readonly losses: readonly LossPoint[];
  readonly timings: readonly Timing[];
}

const FILE = "training.json";

/**
 * Keeps how long training took beside the model, as `training.json`, for reports to come. Throws RSAD_DISK_FULL,
 * RSAD_PERMISSION_DENIED.
 */
export async function writeTrainingRecord({
  modelPath,
  metadata,
  timings,
}: Pick<TrainResult, "modelPath" | "metadata" | "timings">): Promise<void> {
  const text = `${JSON.stringify({ metadata, timings }, null, 2)}\n`;
  await writeFileAtomic(join(dirname(modelPath), FILE), text);
}

/** The times and losses that lie beside a model; nothing where they are gone or of another model. */
export async function readTrainingRecord(
  modelPath: string,
  metadata: ModelMetadata,
): Promise<TrainingRecord | undefined> {
  const folder = dirname(modelPath);
  try {
    const record = JSON.parse(await readFile(join(folder, FILE), "utf8"));
    if (!isDeepStrictEqual(record.metadata, JSON.parse(JSON.stringify(metadata)))) return undefined;
    if (metadata.steps === undefined) return { losses: [], timings: record.timings as Timing[] };
    const lines = (await readFile(join(folder, "losses.jsonl"), "utf8")).trim().split("\n");
    const losses = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as LossPoint);
    // A later run that was started in the same folder and not finished has begun its own file.
    if (losses.length !== metadata.steps) return { losses: [], timings: record.timings as Timing[] };
    return { losses, timings: record.timings as Timing[] };
  } catch {
    return undefined;
  }
}
