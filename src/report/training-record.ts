import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { besideModel, type Timing, type TrainResult } from "../detectors/index.ts";
import { writeFileAtomic } from "../files.ts";
import type { ModelMetadata } from "../model/index.ts";
import type { LossPoint } from "../training/index.ts";

/** What is known of a model's training beyond the model file. */
export interface TrainingRecord {
  readonly losses: readonly LossPoint[];
  readonly timings: readonly Timing[];
}

/**
 * Keeps how long training took beside the model, for reports to come. Throws RSAD_DISK_FULL,
 * RSAD_PERMISSION_DENIED.
 */
export async function writeTrainingRecord({
  modelPath,
  metadata,
  timings,
}: Pick<TrainResult, "modelPath" | "metadata" | "timings">): Promise<void> {
  const text = `${JSON.stringify({ metadata, timings }, null, 2)}\n`;
  await writeFileAtomic(besideModel(modelPath).record, text);
}

/** The times and losses that lie beside a model; nothing where they are gone or of another model. */
export async function readTrainingRecord(
  modelPath: string,
  metadata: ModelMetadata,
): Promise<TrainingRecord | undefined> {
  const beside = besideModel(modelPath);
  try {
    const record = JSON.parse(await readFile(beside.record, "utf8"));
    if (!isDeepStrictEqual(record.metadata, JSON.parse(JSON.stringify(metadata)))) return undefined;
    if (metadata.steps === undefined) return { losses: [], timings: record.timings as Timing[] };
    const lines = (await readFile(beside.lossLog, "utf8")).trim().split("\n");
    const losses = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as LossPoint);
    // A later run to the same file that was not finished has begun its own file.
    if (losses.length !== metadata.steps) return { losses: [], timings: record.timings as Timing[] };
    return { losses, timings: record.timings as Timing[] };
  } catch {
    return undefined;
  }
}
