import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Dataset, makeDemo, openDataset } from "../datasets/index.ts";
import type { Model } from "../model/index.ts";
import { recipe } from "../recipes/index.ts";
import { VERSION } from "../version.ts";
import { makeReport } from "./index.ts";

let folder: string;
let dataset: Dataset;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-report-"));
  await makeDemo(folder, { seed: 1, trainCount: 1, goodCount: 1, perDefect: 1 });
  dataset = await openDataset(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Scores by the first pixel; of an older version. */
const model: Pick<Model, "metadata" | "score"> = {
  metadata: {
    format: 3,
    createdWith: "0.0.9",
    backbone: { name: "b", sha256: "0", licence: "l", source: "s", taps: ["t"] },
    recipe: recipe("default"),
    seed: 3,
    steps: 7,
    data: { name: "parts", count: 80, sha256: "1f", trained: 72, heldOut: 8 },
    threshold: {
      image: 2,
      pixel: 1,
      rule: "a rule",
      count: 2,
      scores: [0.5, 1.5],
      falseReject: { asked: 0.01, promised: 1 / 3, interval: [0.01, 0.84] },
    },
  },
  async score({ width, height, data }) {
    const map = new Float32Array(width * height).fill(data[0]!);
    return { score: data[0]!, map: { width, height, data: map }, seconds: 0.1 };
  },
};

test("says what was trained on, and by which version model and report were made", async () => {
  const { html } = await makeReport(model, dataset);
  expect(html).toContain("72 of 80 good images in parts, SHA-256 of all 1f");
  expect(html).toContain("rsad 0.0.9");
  expect(html).toContain(`Made with rsad ${VERSION}`);
});

test("of the thresholds' images it says what their rule says, which may be of a calibration", async () => {
  for (const threshold of [undefined, 1]) {
    const { html } = await makeReport(model, dataset, { threshold });
    expect(html).toMatch(/>image \S+, pixel \S+; a rule</);
    expect(html).not.toContain("held out of training");
  }
});

test("a threshold that is not the model's is named as such", async () => {
  const note = "which was given for this evaluation";
  const { html, evaluation } = await makeReport(model, dataset, { threshold: -3 });
  expect(evaluation.atThreshold?.threshold).toBe(-3);
  expect(html).toContain(note);
  expect((await makeReport(model, dataset)).html).not.toContain(note);
});
