import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tinyDefault, tinyImage, tinyRecipe } from "../../test/tiny.ts";
import { type TinyRequest, type TinyTraining, tinyTraining } from "../../test/tiny-training.ts";
import { openModel } from "../assessment/index.ts";
import { auroc } from "../evaluation/index.ts";
import { METHODS, type Method, type Recipe, recipe } from "../recipes/index.ts";
import { train } from "./train.ts";
import type { TrainRequest } from "./train-request.ts";

/** What every method has to keep, whatever it learns: the contract of a detector. */

let folder: TinyTraining;

beforeAll(async () => {
  folder = await tinyTraining(10);
});
afterAll(() => folder.remove());

const learning = {
  length: { steps: 300 },
  "noise.deviation": 1.5,
  patches: "all",
  "optimizer.discriminatorRate": 0.02,
  "optimizer.alignerRate": 0.002,
  "discriminator.hidden": [16],
  scaling: "global",
};
const shared = { preprocessing: tinyRecipe().preprocessing, holdout: 0.3 };

const recipes: Record<Method, () => Recipe> = {
  rsad: () => tinyRecipe({ ...learning, ...shared }),
  hybrid: () => tinyDefault({ ...shared, "length.steps": 60, "optimizer.rate": 0.01 }),
  simplenet: () => recipe("simplenet", { ...learning, ...shared, batch: 2, patches: "all" }),
  patchcore: () => recipe("patchcore", { ...shared, "coreset.share": 0.2 }),
  padim: () => recipe("padim", { ...shared, dimensions: 6 }),
  dfm: () => recipe("dfm", { ...shared, variance: 0.9 }),
};

const request = (method: Method, change?: Partial<TinyRequest>) => folder.request(recipes[method](), change);

const bytes = async (asked: TrainRequest) => (await readFile(asked.output)).toString("base64");

describe.each(Object.keys(METHODS) as Method[])("%s", (method) => {
  test("tells defective images from good ones, in a map of the image's own frame", async () => {
    const { modelPath, metadata } = await train(request(method));
    expect(metadata.recipe).toEqual(recipes[method]());
    const model = await openModel(modelPath, { threads: 1 });
    const score = (index: number, options: { defect?: boolean; side?: number }) =>
      model.score(tinyImage(100 + index, options));
    const [good, bad] = [[], []] as [number[], number[]];
    for (let i = 0; i < 10; i++) {
      good.push((await score(i, {})).score);
      bad.push((await score(i, { defect: true })).score);
    }
    expect(auroc([...good, ...bad], [...good.map(() => 0), ...bad.map(() => 1)])).toBeGreaterThan(0.85);
    const { map } = await score(0, { side: 57 });
    expect([map.width, map.height, map.data.length]).toEqual([57, 57, 57 * 57]);
    expect(map.data.every(Number.isFinite)).toBe(true);
    await model.close();
  });

  test("thresholds come from images that were held out, which score below", async () => {
    const { modelPath, metadata } = await train(request(method));
    expect(metadata.threshold).toMatchObject({ count: 3 });
    expect(metadata.data).toMatchObject({ count: 10, trained: 7 });
    const model = await openModel(modelPath, { threads: 1 });
    const scores = [];
    for (let i = 0; i < 10; i++) scores.push((await model.score(tinyImage(i))).score);
    await model.close();
    const threshold = metadata.threshold!.image;
    expect(scores.filter((score) => score < threshold).length).toBeGreaterThanOrEqual(3);
  });

  test("the same seed gives the same bytes, another one a model of other images", async () => {
    const [one, two, other] = [request(method), request(method), request(method, { seed: 1 })];
    for (const asked of [one, two, other]) await train(asked);
    expect(await bytes(two)).toBe(await bytes(one));
    expect(await bytes(other)).not.toBe(await bytes(one));
  });

  test("learns the same from features in a folder of their own, which stay there", async () => {
    const [without, shared] = [request(method), request(method)];
    const featuresDir = join(shared.output, "..", "features");
    await train(without);
    for (let time = 0; time < 2; time++) {
      await train({ ...shared, featuresDir });
      expect(await bytes(shared)).toBe(await bytes(without));
      expect((await readdir(featuresDir)).sort()).toEqual(["features.bin", "features.key"]);
    }
  });

  test.each(["features", "learning"])(
    "stopped in its %s and gone on with, it ends with the same bytes",
    async (part) => {
      const whole = request(method);
      await train(whole);
      const stopped = request(method);
      const abort = new AbortController();
      let seen = 0;
      const onProgress = ({ phase, done }: { phase: string; done: number }) => {
        const ofFeatures = ["features", "whitening"].includes(phase);
        const wanted = part === "features" ? ofFeatures : !ofFeatures && phase !== "thresholds";
        if (wanted && done > 0 && ++seen === 2) abort.abort();
      };
      await train({ ...stopped, onProgress, signal: abort.signal }).catch(() => {});
      expect(abort.signal.aborted).toBe(true);
      await train(stopped);
      expect(await bytes(stopped)).toBe(await bytes(whole));
    },
  );
});
