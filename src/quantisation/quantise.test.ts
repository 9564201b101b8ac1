import { access, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tinyImage, tinyRecipe } from "../../test/tiny.ts";
import { type TinyTraining, tinyTraining } from "../../test/tiny-training.ts";
import { openModel } from "../assessment/index.ts";
import type { Dataset } from "../datasets/index.ts";
import { countKnown, train } from "../detectors/index.ts";
import { encodePng, type Image } from "../images/index.ts";
import { type Recipe, recipe } from "../recipes/index.ts";
import { type QuantiseRequest, quantise } from "./quantise.ts";

const COUNT = 12;
let folder: TinyTraining;
let model: string;
let labelled: Dataset;
const at = (name: string) => join(folder.path, name);

beforeAll(async () => {
  folder = await tinyTraining(COUNT);
  model = at("model.onnx");
  await trainTo(model, tinyRecipe({ holdout: 0.25, "discriminator.hidden": [64] }));
  const test = [];
  for (let i = 0; i < 6; i++) {
    const type = i % 2 === 0 ? "good" : "spot";
    const path = at(`${type}-${i}.png`);
    await writeFile(path, await encodePng(tinyImage(100 + i, { defect: type !== "good" })));
    test.push({ path, name: `${type}/${i}.png`, type });
  }
  labelled = { root: folder.path, layout: "mvtec", train: [], test };
});
afterAll(() => folder.remove());

function trainTo(output: string, settings: Recipe) {
  return train(folder.request(settings, { output, seed: 3 }));
}

function request(name: string, more: Partial<QuantiseRequest> = {}): QuantiseRequest {
  return { model, output: at(name), precision: "int8", images: folder.data, threads: 1, ...more };
}

describe.each(["int8", "fp16"] as const)("a model in %s", (precision) => {
  test("scores like the original, has thresholds of its own, and says what it is", async () => {
    const { metadata, bytes, agreement, check } = await quantise(
      request(`${precision}.onnx`, { precision, check: labelled }),
    );
    const [before, after] = [
      await openModel(model, { threads: 1 }),
      await openModel(at(`${precision}.onnx`), { threads: 1 }),
    ];
    expect(after.metadata).toEqual(metadata);
    const { threshold, ...rest } = before.metadata;
    expect(metadata).toMatchObject({ ...rest, precision: { weights: precision, images: { count: COUNT } } });
    expect(metadata.threshold).toMatchObject({ count: 3, rule: threshold!.rule, images: threshold!.images });
    expect(metadata.threshold!.image).not.toBe(threshold!.image);
    expect(metadata.threshold!.image).toBeCloseTo(threshold!.image, 1);
    const image = tinyImage(50, { defect: true });
    const [a, b] = [await before.score(image), await after.score(image)];
    expect(b.score).not.toBe(a.score);
    expect(b.score).toBeCloseTo(a.score, 1);
    await before.close();
    await after.close();
    expect(bytes.after).not.toBe(bytes.before);
    expect(agreement!.count).toBe(3);
    expect(agreement!.largestChange).toBeLessThan(0.1);
    expect(check!.fingerprint.count).toBe(6);
    expect(metadata.precision!.check).toEqual({ ...check!.fingerprint, imageAuroc: check!.imageAuroc });
  });

  test("is the same, byte for byte, every time", async () => {
    await quantise(request(`${precision}-1.onnx`, { precision }));
    await quantise(request(`${precision}-2.onnx`, { precision }));
    expect(await readFile(at(`${precision}-1.onnx`))).toEqual(await readFile(at(`${precision}-2.onnx`)));
  });

  test("is not reduced again", async () => {
    await quantise(request(`${precision}-once.onnx`, { precision }));
    const again = quantise(request("twice.onnx", { model: at(`${precision}-once.onnx`) }));
    await expect(again).rejects.toMatchObject({
      code: "RSAD_ARGUMENT_INVALID",
      received: expect.stringContaining(precision),
    });
  });
});

test("a greater loss than is accepted is refused, and nothing is written", async () => {
  await quantise(request("rounded.onnx"));
  const [weaker, stronger] = await otherwiseInOrder(model, at("rounded.onnx"));
  // All of the image AUROC is lost on a good image and a defect that the smaller model has the other way round.
  const image = async (name: string, data: Image, type: string) => {
    await writeFile(at(name), await encodePng(data));
    return { path: at(name), name, type };
  };
  const test = [await image("weaker.png", weaker, "good"), await image("stronger.png", stronger, "spot")];
  const swapped = { ...labelled, test };
  const lost = quantise(request("lost.onnx", { check: swapped, maxLoss: 99 }));
  await expect(lost).rejects.toMatchObject({ code: "RSAD_ACCURACY_LOST", received: "100 points" });
  await expect(access(at("lost.onnx"))).rejects.toThrow(/ENOENT/);
  const accepted = await quantise(request("accepted.onnx", { check: swapped, maxLoss: 100 }));
  expect(accepted.check!.imageAuroc).toEqual({ before: 1, after: 0 });
});

/** Two images of which the first model scores the second higher, the other one the first. */
async function otherwiseInOrder(first: string, other: string): Promise<[Image, Image]> {
  const models = [await openModel(first, { threads: 1 }), await openModel(other, { threads: 1 })];
  const seen: { image: Image; scores: number[] }[] = [];
  try {
    for (let index = 500; index < 600; index++) {
      const image = tinyImage(index);
      const scores = await Promise.all(models.map(async (each) => (await each.score(image)).score));
      const [before, after] = scores;
      for (const { image: earlier, scores } of seen) {
        if (before! > scores[0]! && after! < scores[1]!) return [earlier, image];
        if (before! < scores[0]! && after! > scores[1]!) return [image, earlier];
      }
      seen.push({ image, scores });
    }
  } finally {
    for (const each of models) await each.close();
  }
  throw new Error("both models order 100 images alike");
}

test.each([-1, 101, Number.NaN])(
  "a loss of at most %d points is refused before anything is read",
  async (maxLoss) => {
    const refused = quantise(request("x.onnx", { model: at("none.onnx"), maxLoss }));
    await expect(refused).rejects.toMatchObject({ code: "RSAD_ARGUMENT_INVALID", subject: "maxLoss" });
  },
);

test("labelled images of one kind measure nothing", async () => {
  const good = { ...labelled, test: labelled.test.filter(({ type }) => type === "good") };
  await expect(quantise(request("x.onnx", { check: good }))).rejects.toMatchObject({
    code: "RSAD_DATASET_INVALID",
  });
});

test("other images than those of the training give a threshold from half of them, and are named", async () => {
  const others = {
    root: at("others"),
    layout: "folder" as const,
    train: labelled.test.filter(({ type }) => type === "good"),
    test: [],
  };
  const few = quantise(request("x.onnx", { images: others }));
  await expect(few).rejects.toMatchObject({ code: "RSAD_DATASET_INVALID", received: 3 });
  const six = { ...others, train: labelled.test };
  const { metadata } = await quantise(request("others.onnx", { images: six }));
  expect(await countKnown(labelled.test, metadata)).toEqual({ learned: 0, calibrated: 3 });
  expect(metadata.threshold).toMatchObject({
    count: 3,
    rule: expect.stringContaining("3 good images of others;"),
  });
});

test("a model without thresholds gets none from images that it was trained on", async () => {
  await trainTo(at("all.onnx"), tinyRecipe({ holdout: 0 }));
  const result = await quantise(request("all-int8.onnx", { model: at("all.onnx") }));
  expect(result.metadata.threshold).toBeUndefined();
  expect(result.agreement).toBeUndefined();
});

test("a memory bank has nothing that is safely computed in integers, but fits into half precision", async () => {
  await trainTo(
    at("bank.onnx"),
    recipe("patchcore", { preprocessing: { fit: "stretch", size: 32 }, holdout: 0.25 }),
  );
  const bank = { model: at("bank.onnx") };
  await expect(quantise(request("x.onnx", bank))).rejects.toMatchObject({
    code: "RSAD_ARGUMENT_INVALID",
    hint: "Use --precision fp16.",
  });
  expect((await quantise(request("half.onnx", { ...bank, precision: "fp16" }))).bytes).toSatisfy(
    ({ before, after }) => after < before,
  );
});

test("a file that is no model of rsad is refused", async () => {
  const foreign = quantise(request("x.onnx", { model: folder.backbone.file }));
  await expect(foreign).rejects.toMatchObject({ code: "RSAD_MODEL_INVALID" });
});
