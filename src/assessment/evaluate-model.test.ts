import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeDemo, openDataset } from "../datasets/index.ts";
import type { Judge } from "../evaluation/index.ts";
import { encodeMaskPng } from "../images/index.ts";
import { evaluateModel } from "./index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-evaluate-"));
  await makeDemo(folder, { seed: 1, trainCount: 1, goodCount: 2, perDefect: 1 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Calls bright pixels anomalous. */
const model: Judge = {
  metadata: { threshold: { image: 1, pixel: 1 } },
  async score({ width, height, data }) {
    const map = Float32Array.from({ length: width * height }, (_, i) => data[3 * i]! / 255);
    return {
      score: map.reduce((most, value) => Math.max(most, value)),
      map: { width, height, data: map },
      seconds: 0,
    };
  },
};

test("evaluates every test image against its mask and shows each one", async () => {
  const dataset = await openDataset(folder);
  const seen: string[] = [];
  const steps: number[] = [];
  const evaluation = await evaluateModel(model, dataset, {
    threshold: -1,
    onSample: ({ sample, image, mask, map }) => {
      expect(map.data).toHaveLength(image.width * image.height);
      expect(mask === undefined).toBe(sample.type === "good");
      seen.push(sample.name);
    },
    onProgress: ({ done, total }) => steps.push(done / total),
  });
  expect(seen).toEqual(dataset.test.map(({ name }) => name));
  expect([steps[0], steps.at(-1)]).toEqual([0, 1]);
  expect(evaluation.counts).toEqual({ good: 2, defect: 4 });
  expect(evaluation.atThreshold).toMatchObject({ threshold: -1, falseRejects: 2, detected: 4 });
  expect(evaluation.pixel).toMatchObject({ images: 6, withoutMask: 0 });
});

test("stops when told to", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(evaluateModel(model, await openDataset(folder), { signal })).rejects.toThrow("enough");
});

test("refuses a set without test images, and a mask of another size by its image's name", async () => {
  const dataset = await openDataset(folder);
  await expect(evaluateModel(model, { ...dataset, test: [] })).rejects.toMatchObject({
    code: "RSAD_DATASET_EMPTY",
  });
  const sample = dataset.test.find(({ type }) => type === "dent")!;
  await writeFile(sample.mask!, await encodeMaskPng({ width: 2, height: 2, data: new Uint8Array(4) }));
  await expect(evaluateModel(model, dataset)).rejects.toMatchObject({
    code: "RSAD_MASK_INVALID",
    message: expect.stringContaining("dent/000.png"),
  });
});
