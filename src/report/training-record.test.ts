import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ModelMetadata } from "../model/index.ts";
import { readTrainingRecord, writeTrainingRecord } from "./index.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-record-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const metadata = { seed: 3, steps: 2 } as ModelMetadata;
const timings = [{ label: "training", seconds: 4 }];
const losses = [1, 2].map((step) => ({
  step,
  epoch: 1,
  loss: 1 / step,
  segmentation: 1,
  classification: 1,
  accepted: 1,
  rejected: 1,
}));

async function record(lines: readonly object[]): Promise<string> {
  const modelPath = join(folder, "model.onnx");
  const lossLog = join(folder, "model.losses.jsonl");
  await writeFile(lossLog, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  await writeTrainingRecord({ modelPath, metadata, timings });
  return modelPath;
}

test("times and losses lie beside the model", async () => {
  expect(await readTrainingRecord(await record(losses), metadata)).toEqual({ losses, timings });
});

test("a record of another model is none of this one's", async () => {
  expect(await readTrainingRecord(await record(losses), { ...metadata, seed: 4 })).toBeUndefined();
});

test("losses of a later run that was not finished are left out", async () => {
  const begun = losses.slice(0, 1);
  expect(await readTrainingRecord(await record(begun), metadata)).toEqual({ losses: [], timings });
});
