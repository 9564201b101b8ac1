import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tinyDefault, tinyImage, tinyRecipe } from "../../test/tiny.ts";
import { type TinyRequest, type TinyTraining, tinyTraining } from "../../test/tiny-training.ts";
import { openModel } from "../assessment/index.ts";
import { openDataset } from "../datasets/index.ts";
import { temporaryOf } from "../files.ts";
import { nodeRuntime } from "../graph/index.ts";
import { GraphScorer } from "../model/index.ts";
import type { Recipe } from "../recipes/index.ts";
import { train, trainWith } from "./train.ts";
import type { TrainRequest } from "./train-request.ts";

let folder: TinyTraining;
let runs = 0;

beforeAll(async () => {
  folder = await tinyTraining(8);
});
afterAll(() => folder.remove());

const request = (change?: Partial<TinyRequest>) => folder.request(tinyRecipe({ holdout: 0.25 }), change);

const files = ({ output }: TrainRequest) => readdir(join(output, ".."));

/** Runs until `steps` steps are done, and stops. */
async function interrupt(asked: TrainRequest, steps: number): Promise<void> {
  const abort = new AbortController();
  const onProgress = ({ phase, done }: { phase: string; done: number }) =>
    phase === "training" && done === steps && abort.abort();
  await expect(train({ ...asked, onProgress, signal: abort.signal })).rejects.toThrow();
}

test("leaves the model and its losses, and says what it did", async () => {
  const asked = request();
  const { modelPath, metadata, losses, lossLog, timings } = await train(asked);
  expect((await files(asked)).sort()).toEqual(["model.losses.jsonl", "model.onnx"]);
  expect(modelPath).toBe(asked.output);
  expect(metadata).toMatchObject({
    backbone: { name: "backbone", taps: ["first", "second"] },
    recipe: asked.recipe,
    seed: 0,
    steps: 6,
    data: { name: "data", count: 8, trained: 6 },
    threshold: { count: 2 },
  });
  expect((await readFile(lossLog!, "utf8")).trim().split("\n")).toHaveLength(losses.length);
  expect(timings.map(({ label }) => label)).toEqual([
    "reading the data",
    "features",
    "training",
    "thresholds",
  ]);
  const model = await openModel(modelPath, { threads: 1 });
  expect(model.metadata).toEqual(metadata);
  const { score } = await model.score(tinyImage(0));
  expect(Number.isFinite(score)).toBe(true);
  await model.close();
});

test("data and output are enough: the rest has defaults, and the state lies beside the model", async () => {
  const output = join(folder.path, "enough", "parts.onnx");
  const abort = new AbortController();
  const onProgress = ({ phase, done }: { phase: string; done: number }) =>
    phase === "whitening" && done === 3 && abort.abort();
  await expect(train({ data: folder.data, output, onProgress, signal: abort.signal })).rejects.toThrow();
  expect(await readdir(join(output, ".."))).toEqual(["parts.state"]);
  // Another model's state in the same folder is its own.
  await train({ ...request({ output: join(output, "..", "other.onnx") }), stateDir: undefined });
  const names = ["other.losses.jsonl", "other.onnx", "parts.state"];
  expect((await readdir(join(output, ".."))).sort()).toEqual(names);
});

test("without held-out images there is no threshold", async () => {
  const { metadata } = await train(request({ recipe: tinyRecipe({ holdout: 0 }) }));
  expect(metadata.threshold).toBeUndefined();
  expect(metadata.data.trained).toBe(8);
});

test("a share of false rejects that no held-out image could keep is refused, and leaves nothing", async () => {
  const asked = request({ recipe: tinyRecipe({ holdout: 0 }), falseReject: 0.1 });
  await expect(train(asked)).rejects.toMatchObject({ code: "RSAD_ARGUMENT_INVALID", subject: "falseReject" });
  expect(await files(asked).catch(() => [])).toEqual([]);
});

test("features in half precision change little", async () => {
  const [whole, half] = [await train(request()), await train(request({ featurePrecision: "float16" }))];
  for (const [i, { loss }] of whole.losses.entries()) expect(half.losses[i]!.loss).toBeCloseTo(loss, 2);
});

test("a choice of the good images is trained on, and the features of all are kept where asked", async () => {
  const featuresDir = join(folder.path, "features of all");
  const asked = request({ featuresDir });
  const { metadata } = await trainWith(asked, { trainImages: 5 });
  expect(metadata.data).toMatchObject({ count: 8, trained: 3 });
  expect((await readdir(featuresDir)).sort()).toEqual(["features.bin", "features.key"]);
  const phases: string[] = [];
  await trainWith({ ...asked, onProgress: ({ phase }) => phases.push(phase) }, { trainImages: 8 });
  expect(phases).not.toContain("features");
  for (const trainImages of [3, 9, 4.5]) {
    await expect(trainWith(asked, { trainImages })).rejects.toMatchObject({ code: "RSAD_ARGUMENT_INVALID" });
  }
});

test("a data set that is open already gives the same model as its folder", async () => {
  const [byFolder, opened] = [request(), request()];
  await train(byFolder);
  await train({ ...opened, data: await openDataset(folder.data) });
  expect((await readFile(opened.output)).equals(await readFile(byFolder.output))).toBe(true);
});

test("images that are left out might as well not be there, but are counted", async () => {
  const dataset = await openDataset(folder.data);
  const gone = ["001.png", "006.png"];
  const [listed, removed] = [request({ without: gone }), request()];
  const { metadata } = await train(listed);
  const left = dataset.train.filter(({ name }) => !gone.includes(name));
  const { metadata: others } = await train({ ...removed, data: { ...dataset, train: left } });
  expect(metadata.data).toEqual({ ...others.data, leftOut: 2 });
  const image = tinyImage(0);
  const [one, other] = await Promise.all([openModel(listed.output), openModel(removed.output)]);
  expect((await one.score(image)).score).toBe((await other.score(image)).score);
  await Promise.all([one.close(), other.close()]);
  await expect(train(request({ without: ["9.png"] }))).rejects.toMatchObject({
    code: "RSAD_DATASET_INVALID",
  });
});

test("of images with the same content one counts: a copy is neither learned from nor held out", async () => {
  const [alone, twice] = [await folderOf(range(8)), await folderOf([...range(8), ...range(8)])];
  const [model, other] = [request({ data: alone }), request({ data: twice })];
  const { metadata: expected } = await train(model);
  const { metadata, held } = await train(other);
  const { learned, ...data } = metadata.data;
  expect(learned).toEqual(expected.data.learned);
  expect(data).toMatchObject({ count: 16, copies: 8, trained: 6, heldOut: 2 });
  expect(expected.data.copies).toBeUndefined();
  expect(metadata.threshold).toEqual(expected.threshold);
  expect(metadata.threshold!.images!.filter((hash) => learned!.includes(hash))).toEqual([]);
  expect(held).toHaveLength(2);
  const [one, two] = await Promise.all([openModel(model.output), openModel(other.output)]);
  expect((await two.score(tinyImage(0))).score).toBe((await one.score(tinyImage(0))).score);
  await Promise.all([one.close(), two.close()]);
  const few = request({ data: await folderOf([0, 1, 2, 0, 1, 2]) });
  await expect(train(few)).rejects.toMatchObject({ code: "RSAD_DATASET_INVALID", received: 3 });
  expect(await files(few).catch(() => [])).toEqual([]);
});

test("snapshots are whole models, the last one as the model that is written", async () => {
  const scores = new Map<number, number>();
  const onSnapshot = async (step: number, bytes: Uint8Array) => {
    const scorer = await GraphScorer.open(bytes, nodeRuntime({ threads: 1 }), "the snapshot");
    scores.set(step, (await scorer.score(tinyImage(0))).score);
    await scorer.close();
  };
  const { modelPath } = await trainWith(request(), {
    snapshots: { steps: (total) => [1, total], onSnapshot },
  });
  const model = await openModel(modelPath, { threads: 1 });
  expect(scores.get(6)).toBe((await model.score(tinyImage(0))).score);
  expect(scores.get(1)).not.toBe(scores.get(6));
  await model.close();
});

describe("the state folder", () => {
  test("keeps what somebody else has put there, and may be asked to stay", async () => {
    const asked = request();
    await mkdir(asked.stateDir, { recursive: true });
    await writeFile(join(asked.stateDir, "mine.txt"), "mine");
    await trainWith(asked, { keepState: true });
    expect((await readdir(asked.stateDir)).sort()).toEqual([
      "checkpoint.safetensors",
      "features.bin",
      "features.key",
      "mine.txt",
    ]);
    await train(asked);
    expect(await readdir(asked.stateDir)).toEqual(["mine.txt"]);
  });

  test("is gone on with, and begun anew where `resume` is false", async () => {
    const whole = request();
    await train(whole);
    for (const resume of [undefined, true, false]) {
      const asked = request();
      await interrupt(asked, 3);
      const phases: string[] = [];
      await train({ ...asked, resume, onProgress: ({ phase, done }) => phases.push(`${phase} ${done}`) });
      expect(phases.includes("features 1")).toBe(resume === false);
      expect(phases.includes("training 0")).toBe(resume === false);
      for (const file of ["model.onnx", "model.losses.jsonl"]) {
        const bytes = await readFile(join(asked.output, "..", file));
        expect(bytes.equals(await readFile(join(whole.output, "..", file)))).toBe(true);
      }
    }
  });

  test("of other settings is refused and left alone", async () => {
    const asked = request();
    await interrupt(asked, 3);
    const before = await readdir(asked.stateDir);
    const { backbone } = asked;
    const normalisation = { channels: "bgr", scale: 0.5, mean: [1, 2, 3], std: [1, 1, 1] } as const;
    for (const change of [
      { seed: 1 },
      { recipe: tinyRecipe({ "noise.deviation": 9 }) },
      { backbone: { ...backbone, normalisation } },
    ]) {
      await expect(train({ ...asked, ...change })).rejects.toMatchObject({
        code: "RSAD_CHECKPOINT_MISMATCH",
      });
    }
    expect(await readdir(asked.stateDir)).toEqual(before);
    await train(asked);
  });

  describe.each<[string, Recipe]>([
    ["the paper's method", tinyRecipe()],
    ["the default one", tinyDefault()],
  ])("of %s", (_method, settings) => {
    test.each<[string, string, () => Promise<Partial<TinyRequest>>]>([
      ["too few images", "RSAD_DATASET_INVALID", async () => ({ data: await folderOf([0, 1]) })],
      ["a missing backbone", "RSAD_BACKBONE_MISSING", async () => ({ backbone: missingBackbone() })],
      [
        "a first image that cannot be decoded",
        "RSAD_IMAGE_INVALID",
        async () => ({ data: await folderOf([0, 1, 2], true) }),
      ],
    ])("is not there after %s, nor are the folders that were made for it", async (_what, code, change) => {
      const asked = folder.request(settings, await change(), join("new", "newer"));
      await expect(train(asked)).rejects.toMatchObject({ code });
      expect(await readdir(folder.path)).not.toContain("new");
    });
  });

  test("of the default method stays after an abort, and after a failure that a checkpoint outlives", async () => {
    const asked = request({ recipe: tinyDefault() });
    const stop = (at: string) => {
      const abort = new AbortController();
      const onProgress = ({ phase, done }: { phase: string; done: number }) =>
        phase === at && done === 3 && abort.abort();
      return trainWith({ ...asked, onProgress, signal: abort.signal }, { checkpointSeconds: 0 });
    };
    const fail = ({ phase }: { phase: string }) => {
      if (phase === "whitening") throw new Error("no more");
    };
    await expect(stop("whitening")).rejects.toThrow();
    expect(await readdir(asked.stateDir)).toEqual(["features.key"]);
    await expect(stop("training")).rejects.toThrow();
    const saved = ["checkpoint.safetensors", "features.key"];
    expect((await readdir(asked.stateDir)).sort()).toEqual(saved);
    await expect(train({ ...asked, onProgress: fail })).rejects.toThrow("no more");
    expect((await readdir(asked.stateDir)).sort()).toEqual(saved);
    await expect(train({ ...asked, resume: false, onProgress: fail })).rejects.toThrow("no more");
    expect(await files(asked)).toEqual(["model.losses.jsonl"]);
  });
});

test("what a killed process left beside the model is cleared away", async () => {
  const asked = request();
  await mkdir(join(asked.output, ".."));
  const lossLog = join(asked.output, "..", "model.losses.jsonl");
  for (const path of [asked.output, lossLog]) await writeFile(temporaryOf(path), "half");
  await train(asked);
  expect((await files(asked)).sort()).toEqual(["model.losses.jsonl", "model.onnx"]);
});

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/** A folder of some of the images in this order, and before them one that is none. */
async function folderOf(indices: readonly number[], broken = false): Promise<string> {
  const path = join(folder.path, `data-${runs++}`);
  await rm(path, { recursive: true, force: true });
  await mkdir(path);
  for (const [at, i] of indices.entries()) {
    const name = `${String(at).padStart(2, "0")}.png`;
    await writeFile(join(path, name), await readFile(folder.samples[i]!.path));
  }
  if (broken) await writeFile(join(path, "-.png"), "no image");
  return path;
}

function missingBackbone() {
  return { ...folder.backbone, file: join(folder.path, "none.onnx") };
}
