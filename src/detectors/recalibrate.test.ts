import { access, copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tinyImage, tinyRecipe } from "../../test/tiny.ts";
import { type TinyTraining, tinyTraining } from "../../test/tiny-training.ts";
import type { Dataset } from "../datasets/index.ts";
import { encodePng } from "../images/index.ts";
import { decodeMetadata, fullModel, type ModelMetadata, withDigest, withMetadata } from "../model/index.ts";
import { recipe } from "../recipes/index.ts";
import { type RecalibrateRequest, recalibrate } from "./recalibrate.ts";
import { train } from "./train.ts";

/** Good images of the training, half of them held out, and images of every other kind: enough for a p-value of 2 / (12 over 6). */
const [TRAINED, OTHERS] = [12, 6];

let folder: TinyTraining;
let model: string;
let metadata: ModelMetadata;
let good: string;
let defects: string;
/** Good ones that are called defects. */
let alike: string;

beforeAll(async () => {
  folder = await tinyTraining(TRAINED);
  good = await images("good", 100);
  defects = await images("defects", 200, true);
  alike = await images("alike", 300);
  const settings = recipe("dfm", { preprocessing: tinyRecipe().preprocessing, holdout: 0.5 });
  const trained = await train(folder.request(settings, { falseReject: 0.2 }));
  ({ modelPath: model, metadata } = trained);
});
afterAll(() => folder.remove());

async function images(name: string, first: number, defect = false): Promise<string> {
  await mkdir(join(folder.path, name));
  for (let i = 0; i < OTHERS; i++) {
    await writeFile(join(folder.path, name, `${i}.png`), await encodePng(tinyImage(first + i, { defect })));
  }
  return join(folder.path, name);
}

let runs = 0;
const request = (change: Partial<RecalibrateRequest> = {}): RecalibrateRequest => ({
  model,
  output: join(folder.path, `calibrated-${runs++}.onnx`),
  images: good,
  threads: 1,
  ...change,
});

const written = async (path: string) => decodeMetadata(await readFile(path), path);

test("changes the thresholds alone, and says what they were", async () => {
  const result = await recalibrate(request());
  expect(result.before).toEqual(metadata.threshold);
  const { threshold } = result.metadata;
  expect(threshold).toMatchObject({ count: OTHERS, rule: expect.stringContaining("good images of good") });
  expect(await written(result.modelPath)).toEqual({ ...metadata, threshold });
});

describe("the share of false rejects", () => {
  test("is what the model was asked for unless another is", async () => {
    const asked = async (change = {}) => (await recalibrate(request(change))).metadata.threshold.falseReject;
    // Of six images: rank ceil(7 * 0.8) = 6, which promises 1/7.
    expect(await asked()).toMatchObject({ asked: 0.2, promised: 1 / 7 });
    // Rank ceil(7 * 0.6) = 5.
    expect(await asked({ falseReject: 0.4 })).toMatchObject({ asked: 0.4, promised: 2 / 7 });
  });

  test.each([0, 1, -0.1, Number.NaN])("%f is none", async (falseReject) => {
    await expect(recalibrate(request({ falseReject }))).rejects.toMatchObject({
      code: "RSAD_ARGUMENT_INVALID",
    });
  });
});

test("copies of an image count once, of a defect too", async () => {
  const copied = await images("copied", 100);
  for (const name of ["6.png", "7.png"]) await copyFile(join(copied, "0.png"), join(copied, name));
  const { metadata, copies } = await recalibrate(request({ images: copied }));
  const { threshold } = (await recalibrate(request())).metadata;
  expect(copies).toBe(2);
  const defects = { defects: copied, images: alike, decision: "best-f1" } as const;
  expect(await recalibrate(request(defects))).toMatchObject({ copies: 2, defects: { total: OTHERS } });
  expect(metadata.threshold).toEqual({
    ...threshold,
    rule: threshold.rule.replace("of good;", "of copied;"),
  });
});

describe("drift", () => {
  test("is seen where the images of today all score higher than those held out of training", async () => {
    const { drift } = await recalibrate(request({ images: defects }));
    expect(drift).toMatchObject({ hasDrifted: true, canTell: true });
    const { statistic, pValue, counts, medians } = drift!.first;
    expect([statistic, counts]).toEqual([1, { earlier: TRAINED / 2, today: OTHERS }]);
    expect(pValue).toBeCloseTo(2 / 924, 12);
    expect(medians.today).toBeGreaterThan(medians.earlier);
  });

  test("is not seen in images of the same kind", async () => {
    const { drift } = await recalibrate(request());
    expect(drift).toMatchObject({ hasDrifted: false, canTell: true });
    expect(drift!.first.pValue).toBeGreaterThan(0.05);
  });

  test("is measured from the first calibration, however often the model was calibrated since", async () => {
    const moved = await recalibrate(request({ images: defects }));
    const back = await recalibrate(request({ model: moved.modelPath }));
    expect(back.metadata.threshold.firstScores).toEqual(metadata.threshold!.scores);
    expect(back.drift!.first.pValue).toBeGreaterThan(0.05);
    // It had no more images than the first.
    expect(back.drift!.latest).toBeUndefined();
    expect(back.before).toEqual(moved.metadata.threshold);
  });

  test("is measured from the latest calibration too, where that had more images", async () => {
    const larger = await images("larger", 400);
    for (const name of await readdir(good)) await copyFile(join(good, name), join(larger, `more-${name}`));
    const { modelPath, metadata: calibrated } = await recalibrate(request({ images: larger }));
    const { drift, metadata: again } = await recalibrate(request({ model: modelPath, images: defects }));
    expect(drift!.first.counts).toEqual({ earlier: TRAINED / 2, today: OTHERS });
    expect(drift!.latest!.counts).toEqual({ earlier: 2 * OTHERS, today: OTHERS });
    expect(drift!.hasDrifted).toBe(true);
    expect(again.threshold.firstScores).toEqual(calibrated.threshold.firstScores);
  });

  test("is not looked for in the training's own folder, of which the held-out images take part", async () => {
    const result = await recalibrate(request({ images: folder.data }));
    expect([result.drift, result.leftOut]).toEqual([undefined, TRAINED / 2]);
    expect(result.metadata.threshold).toEqual(metadata.threshold);
  });
});

describe("labelled defects", () => {
  test("are counted, and change nothing unless they decide", async () => {
    const { metadata, defects: counts } = await recalibrate(request({ defects }));
    expect(counts).toEqual({ total: OTHERS, found: OTHERS, review: 0 });
    expect(metadata.threshold).toEqual((await recalibrate(request())).metadata.threshold);
  });

  test("that all score above the threshold leave nothing to review", async () => {
    const { metadata } = await recalibrate(request({ defects, decision: "review", miss: 0.2 }));
    expect(metadata.threshold.review).toBeUndefined();
    expect(metadata.threshold.rule).toContain("nothing is left to review");
  });

  test("that score as good ones give a review threshold, and are counted by it", async () => {
    const { metadata, defects: counts } = await recalibrate(
      request({ defects: alike, decision: "review", miss: 0.2 }),
    );
    const { image, review, falseReject } = metadata.threshold;
    expect(review).toBeLessThan(image);
    expect(falseReject).toMatchObject({ promised: 1 / 7 });
    // Rank floor(7 * 0.2) = 1: none scores below it.
    expect(counts!.found + counts!.review).toBe(OTHERS);
    expect(counts!.review).toBeGreaterThan(0);
  });

  test("of a model that had a review threshold leave none where they no longer decide", async () => {
    const first = await recalibrate(request({ defects: alike, decision: "review", miss: 0.2 }));
    const { before, metadata } = await recalibrate(request({ model: first.modelPath }));
    expect(before!.review).toBeDefined();
    expect(metadata.threshold.review).toBeUndefined();
  });

  test("with the best F1 promise nothing", async () => {
    const { metadata, falseRejectSeen } = await recalibrate(request({ defects, decision: "best-f1" }));
    const { falseReject, rule, image, scores } = metadata.threshold;
    expect(falseReject).toBeUndefined();
    expect(rule).toContain("100.0 %");
    expect(falseRejectSeen).toMatchObject({ rejected: 0, total: OTHERS });
    // Further above the good images than the next float.
    expect(image).toBeGreaterThan(scores.at(-1)! * 1.01);
    expect((await recalibrate(request({ defects }))).falseRejectSeen).toBeUndefined();
  });
});

test("the share that a model was asked for is still known after defects chose its threshold, however often", async () => {
  let from = model;
  for (let i = 0; i < 2; i++) {
    const { modelPath, metadata } = await recalibrate(request({ model: from, defects, decision: "best-f1" }));
    expect(metadata.threshold).toMatchObject({ asked: 0.2 });
    expect(metadata.threshold.falseReject).toBeUndefined();
    from = modelPath;
  }
  const { threshold } = (await recalibrate(request({ model: from }))).metadata;
  expect(threshold.falseReject).toMatchObject({ asked: 0.2, promised: 1 / 7 });
  expect(threshold.asked).toBeUndefined();
});

describe("nothing is written, and the code says why, where", () => {
  async function expectRefused(change: Partial<RecalibrateRequest>, code: string, told: RegExp) {
    const asked = request(change);
    await expect(recalibrate(asked)).rejects.toMatchObject({ code, message: expect.stringMatching(told) });
    await expect(readFile(asked.output)).rejects.toMatchObject({ code: "ENOENT" });
  }

  test("all images were trained on, or none are left", async () => {
    const { modelPath } = await train(
      folder.request(recipe("dfm", { preprocessing: tinyRecipe().preprocessing, holdout: 0 })),
    );
    const all = { model: modelPath, images: folder.data };
    await expectRefused(all, "RSAD_ARGUMENT_INVALID", /received 12 that it was trained on/);
    const without = folder.samples.map(({ name }) => name);
    const none = { images: folder.data, without };
    await expectRefused(none, "RSAD_DATASET_EMPTY", /received none/);
    await expect(recalibrate(request(none))).rejects.toMatchObject({
      hint: expect.stringContaining("the list of images to leave out"),
    });
  });

  test("an image is good and defective", async () => {
    await expectRefused({ defects: good, decision: "best-f1" }, "RSAD_DATASET_INVALID", /no image in both/);
  });

  test("a share is to be promised by a threshold that defects choose", async () => {
    const change = { defects, decision: "best-f1", falseReject: 0.05 } as const;
    await expectRefused(
      change,
      "RSAD_ARGUMENT_INVALID",
      /no share with the decision best-f1.*received 0\.05/,
    );
  });

  test("a decision is named that there is not", async () => {
    const change = { defects, decision: "bestF1" as "best-f1", falseReject: 0.05 };
    await expectRefused(change, "RSAD_ARGUMENT_INVALID", /one of false-reject, best-f1, review.*bestF1/);
  });

  test("there are too few defects for so small a share to be missed", async () => {
    await expectRefused({ defects, decision: "review" }, "RSAD_DATASET_INVALID", /at least 19 .* received 6/);
    await expectRefused({ defects, decision: "review", miss: 2 }, "RSAD_ARGUMENT_INVALID", /miss/);
    await expectRefused({ decision: "best-f1" }, "RSAD_DATASET_INVALID", /at least 1 /);
  });

  test("a form that has no tiles is to be cut into some, whatever the images", async () => {
    const bytes = await readFile(model);
    const precision = { weights: "fp16", images: { count: 6, sha256: "0" } } as const;
    const forms: [Uint8Array, RegExp][] = [
      [fullModel(bytes, "m"), /does not decide by itself.*received one in the full form/],
      [withMetadata(bytes, { ...metadata, precision }), /in float32.*received one in fp16/],
    ];
    for (const [form, told] of forms) {
      const whole = await withDigest(form);
      await expectRefused({ model: whole, tile: 32, images: "none" }, "RSAD_ARGUMENT_INVALID", told);
      expect((await recalibrate(request({ model: whole }))).metadata.tiles).toBeUndefined();
    }
  });

  test("the data set that is to give defects has none", async () => {
    const dataset: Dataset = { root: "only-good", layout: "mvtec", train: [], test: folder.samples };
    await expectRefused({ defects: dataset }, "RSAD_DATASET_EMPTY", /test\/<defect type>/);
  });

  test("the file is no model", async () => {
    await expectRefused({ model: join(good, "0.png") }, "RSAD_MODEL_INVALID", /0\.png/);
    await expectRefused({ model: join(good, "none.onnx") }, "RSAD_FILE_MISSING", /none\.onnx/);
  });

  test("it is stopped; nor does the file's folder stay, where it was made for it", async () => {
    const made = join(folder.path, "made");
    const asked = request({
      signal: AbortSignal.abort(new Error("enough")),
      output: join(made, "in", "m.onnx"),
    });
    await expect(recalibrate(asked)).rejects.toThrow("enough");
    await expect(access(made)).rejects.toMatchObject({ code: "ENOENT" });
  });
});
