import { cp, readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import type { Evaluation } from "../evaluation/index.ts";
import { decodeMetadata, withMetadata } from "../model/index.ts";
import { capture } from "./testing/capture.ts";
import { tinyModel } from "./testing/tiny-model.ts";

const at = tinyModel();

async function evaluated(model: string): Promise<Evaluation> {
  const { stdout } = await capture([
    "evaluate",
    model,
    at("data"),
    "--out",
    at("first"),
    "--json",
    "--quiet",
  ]);
  return JSON.parse(stdout).evaluation;
}

/** The model with other thresholds. */
async function withThresholds(name: string, image: number, review?: number): Promise<string> {
  const bytes = await readFile(at("model.onnx"));
  const metadata = decodeMetadata(bytes, "the model");
  const threshold = { ...metadata.threshold!, image, review };
  await writeFile(at(name), withMetadata(bytes, { ...metadata, threshold }));
  return at(name);
}

test("a model with a review threshold: how many are called good, for review and defective", async () => {
  const { samples, atThreshold } = await evaluated(at("model.onnx"));
  expect(atThreshold!.review).toBeUndefined();
  const scores = (type: string) =>
    samples.flatMap((sample) => (sample.type === type ? [sample.score] : [])).sort((a, b) => a - b);
  const [spots, good] = [scores("spot"), scores("good")];
  expect(spots[0]).toBeGreaterThan(good[2]!);
  // Two spots and a good image lie between the two.
  const model = await withThresholds("review.onnx", spots[2]!, good[2]!);
  const { code, stdout } = await capture(["evaluate", model, at("data"), "--out", at("report")]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^spot +3 +.* 1 +0$/m);
  expect(stdout).toMatch(/^called +good +review +defect$/m);
  expect(stdout).toMatch(/^good images +2 +1 +0$/m);
  expect(stdout).toMatch(/^defective images +0 +2 +1$/m);
  const written = JSON.parse(await readFile(at("report", "evaluation.json"), "utf8")).evaluation;
  expect(written.atThreshold.review).toEqual({ threshold: good[2], good: 1, defect: 2 });
  expect(written.types).toMatchObject([{ type: "spot", detected: 1, review: 2, missed: 0 }]);
  const report = await readFile(at("report", "report.html"), "utf8");
  expect(report).toMatch(/<dt>For review<\/dt><dd>3<small>2 defective and 1 good/);
  expect(report).toMatch(/<th scope="col">Review<\/th>/);
  expect(report).toContain("0 false rejects, 1 for review");
  expect(report.match(/<span class="outcome">For review</g)).toHaveLength(3);
});

test("without a review threshold nothing is said of review", async () => {
  const { stdout } = await capture(["evaluate", at("model.onnx"), at("data"), "--out", at("plain")]);
  expect(stdout).not.toContain("review");
  expect(await readFile(at("plain", "report.html"), "utf8")).not.toMatch(/[Ff]or review|>Review</);
});

test("images that the model knows are told", async () => {
  for (const part of ["train", "test"]) {
    await cp(at("data", "train", "good"), at("known", part, "good"), { recursive: true });
  }
  const evaluate = (model: string, data: string) =>
    capture(["evaluate", model, at(data), "--out", at("known-report")]);
  const known = await evaluate(at("model.onnx"), "known");
  expect(known.stderr).toContain("4 of the test images are among those that the model was trained on");
  expect(known.stderr).toContain("4 of the test images are among those that its thresholds were found with");
  await capture(["calibrate", at("model.onnx"), at("data", "test", "good"), "--out", at("calibrated.onnx")]);
  const calibrated = await evaluate(at("calibrated.onnx"), "data");
  expect(calibrated.stderr).toContain("3 of the test images are among those that its thresholds");
  expect((await evaluate(at("model.onnx"), "data")).stderr).not.toContain("among those");
});
