import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TinyFolder, tinyBackbone, tinyFolder, tinyRecipe } from "../../test/tiny.ts";
import { FeatureStore } from "../features/index.ts";
import { nodeRuntime } from "../graph/index.ts";
import type { TrainedRecipe } from "../recipes/index.ts";
import { CheckpointFile } from "./checkpoint.ts";
import { type Learned, runTraining, type TrainingRequest } from "./trainer.ts";

const runtime = nodeRuntime({ threads: 1 });
let images: TinyFolder;
let store: FeatureStore;
let runs = 0;

beforeAll(async () => {
  images = await tinyFolder(6);
  store = await openStore(tinyRecipe());
});
afterAll(async () => {
  await store.close();
  await images.remove();
});

function openStore(recipe: TrainedRecipe, gain = 1): Promise<FeatureStore> {
  const folder = join(images.path, `store-${gain}`);
  const { samples } = images;
  const backbone = tinyBackbone(gain);
  return FeatureStore.open({
    folder,
    samples,
    fingerprint: "f",
    backbone,
    recipe,
    precision: "float32",
    runtime,
  });
}

/** A request of its own place, or of the place of another one. */
function request(change: Partial<TrainingRequest> = {}): TrainingRequest {
  const folder = join(images.path, `run-${runs++}`);
  return {
    store,
    images: [0, 1, 3, 5],
    recipe: tinyRecipe(),
    seed: 1,
    runtime,
    folder,
    lossLog: join(folder, "losses.jsonl"),
    ...change,
  };
}

const bytes = async ({ folder }: TrainingRequest) => ({
  checkpoint: (await readFile(join(folder, "checkpoint.safetensors"))).toString("base64"),
  losses: await readFile(join(folder, "losses.jsonl"), "utf8"),
});

describe("learning", () => {
  test.each<[string, Readonly<Record<string, unknown>>]>([
    ["the default's parts", {}],
    [
      "the paper's parts",
      {
        aligner: { kind: "mona", depth: 1, width: 4, dropout: 0.1 },
        "discriminator.hidden": [8, 4],
        "loss.focal": 1,
        patches: "all",
      },
    ],
    [
      "a linear aligner and Perlin masks",
      {
        aligner: { kind: "linear" },
        "noise.mask": { kind: "perlin", threshold: 0.1, empty: 0.3 },
        patches: "all",
      },
    ],
    [
      "SimpleNet's parts",
      {
        aligner: { kind: "linear", bias: true },
        "optimizer.alignerDecoupledDecay": 0.01,
        patches: "all",
      },
    ],
    ["the focal loss alone", { loss: { truncatedL1: 0, margin: 0.5, focal: 1, gamma: 2 }, patches: "all" }],
  ])("the loss falls with %s", async (_name, parts) => {
    const recipe = tinyRecipe({
      length: { steps: 150 },
      "noise.deviation": 2,
      "discriminator.hidden": [16],
      "optimizer.discriminatorRate": 0.02,
      "optimizer.alignerRate": 0.002,
      ...parts,
    });
    const { losses, weights } = await runTraining(request({ recipe }));
    const mean = (points: typeof losses) => points.reduce((sum, { loss }) => sum + loss, 0) / points.length;
    expect(mean(losses.slice(-20))).toBeLessThan(0.6 * mean(losses.slice(0, 10)));
    expect(Object.keys(weights).some((name) => /^(first|second)\//.test(name))).toBe(false);
  });

  test.each([
    [1, 0],
    [0, 2],
    [3, 0.5],
  ])("the loss is its terms by their weights: %d and %d", async (truncatedL1, focal) => {
    const recipe = tinyRecipe({ loss: { truncatedL1, margin: 0.5, focal, gamma: 2 } });
    const { losses } = await runTraining(request({ recipe }));
    for (const { loss, segmentation, classification } of losses) {
      expect(loss).toBeCloseTo(truncatedL1 * segmentation + focal * classification, 5);
    }
  });

  test("decoupled weight decay draws the aligner to 0 and leaves the discriminator alone", async () => {
    const learned = async (alignerDecoupledDecay: number) => {
      const change = { "optimizer.alignerDecoupledDecay": alignerDecoupledDecay };
      const recipe = tinyRecipe({ aligner: { kind: "linear" }, length: { steps: 1 }, ...change });
      return (await runTraining(request({ recipe }))).weights;
    };
    // Weight decay in the gradient is 1e-5 and moves nothing visibly in one step of Adam but for its own sign.
    const [none, some] = [await learned(1e-9), await learned(100)];
    const [before, after] = [none, some].map((weights) => weights["aligner.linear.weight"]!.data);
    const { alignerRate } = tinyRecipe().optimizer;
    const step = 1.01 * alignerRate;
    for (const [i, value] of (after as Float32Array).entries()) {
      const kept = (before as Float32Array)[i]!;
      expect(Math.abs(value - kept * (1 - 100 * alignerRate))).toBeLessThan(100 * alignerRate * step + 1e-6);
    }
    expect(some["discriminator.0.weight"]).toEqual(none["discriminator.0.weight"]);
  });

  test("shows what was learned at the steps asked for: what a run that ends there learns", async () => {
    const seen = new Map<number, unknown>();
    const snapshots = {
      steps: [2, 4],
      onSnapshot: async (step: number, learned: Learned) => void seen.set(step, learned),
    };
    const { weights, scaling } = await runTraining(
      request({ snapshots, recipe: tinyRecipe({ length: { steps: 4 } }) }),
    );
    expect([...seen.keys()]).toEqual([2, 4]);
    expect(seen.get(4)).toEqual({ weights, scaling });
    const flat = { "optimizer.decayAt": [] };
    const short = await runTraining(request({ recipe: tinyRecipe({ length: { steps: 2 }, ...flat }) }));
    const long = request({ snapshots, recipe: tinyRecipe({ length: { steps: 5 }, ...flat }) });
    await runTraining(long);
    expect(seen.get(2)).toEqual({ weights: short.weights, scaling: short.scaling });
  });

  test("reports each step and its pass", async () => {
    const recipe = tinyRecipe({ length: { epochs: 2 }, batch: 3 });
    const progress: [number, number][] = [];
    const onProgress = ({ done, total }: { done: number; total: number }) => progress.push([done, total]);
    const asked = request({ recipe, onProgress });
    const { losses } = await runTraining(asked);
    expect(progress).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(losses.map(({ step, epoch }) => [step, epoch])).toEqual([
      [1, 1],
      [2, 1],
      [3, 2],
    ]);
    const lines = (await readFile(asked.lossLog, "utf8")).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(losses);
  });

  test("the same request gives the same bytes, another seed others", async () => {
    const [one, two, other] = [request(), request(), request({ seed: 2 })];
    for (const asked of [one, two, other]) await runTraining(asked);
    expect(await bytes(two)).toEqual(await bytes(one));
    expect((await bytes(other)).losses).not.toBe((await bytes(one)).losses);
  });

  test("constant gains of the backbone change nothing but rounding", async () => {
    const recipe = tinyRecipe({ length: { steps: 20 } });
    const { losses } = await runTraining(request({ recipe }));
    for (const gain of [0.1, 10]) {
      const scaled = await openStore(recipe, gain);
      const other = await runTraining(request({ recipe, store: scaled }));
      for (const [i, { loss }] of losses.entries()) expect(other.losses[i]!.loss).toBeCloseTo(loss, 4);
      await scaled.close();
    }
  });
});

describe("interrupted after any step, and gone on with", () => {
  test("it ends with the same bytes", async () => {
    const recipe = tinyRecipe({
      aligner: { kind: "mona", depth: 1, width: 2, dropout: 0.1 },
      patches: "all",
    });
    const whole = request({ recipe });
    const { weights } = await runTraining(whole);
    for (let at = 0; at <= 6; at++) {
      const abort = new AbortController();
      const reason = new Error("stop");
      const onProgress = ({ done }: { done: number }) => done === at && abort.abort(reason);
      const asked = request({ recipe, onProgress, signal: abort.signal });
      await expect(runTraining(asked)).rejects.toBe(reason);
      const state = await readdir(asked.folder);
      expect(state.sort()).toEqual(["checkpoint.safetensors", "losses.jsonl"]);
      const resumed = await runTraining({ ...asked, signal: undefined });
      expect(resumed.weights).toEqual(weights);
      expect(resumed.losses).toHaveLength(6);
      expect(await bytes(asked)).toEqual(await bytes(whole));
    }
  });

  test("with lines in the log that the checkpoint does not know", async () => {
    const whole = request({ checkpointSeconds: 0 });
    await runTraining(whole);
    const asked = request();
    const abort = new AbortController();
    const onProgress = ({ done }: { done: number }) => done === 3 && abort.abort();
    await expect(runTraining({ ...asked, onProgress, signal: abort.signal })).rejects.toThrow();
    await writeFile(asked.lossLog, `${(await bytes(whole)).losses}{"step":9`);
    await runTraining(asked);
    expect(await bytes(asked)).toEqual(await bytes(whole));
  });

  test.each<[string, Partial<TrainingRequest>]>([
    ["another seed", { seed: 2 }],
    ["other images", { images: [0, 1, 2] }],
    ["another recipe", { recipe: tinyRecipe({ "noise.deviation": 0.3 }) }],
  ])("with %s it is refused", async (_name, change) => {
    const asked = request();
    await runTraining(asked);
    const before = await bytes(asked);
    await expect(runTraining({ ...asked, ...change })).rejects.toMatchObject({
      code: "RSAD_CHECKPOINT_MISMATCH",
    });
    expect(await bytes(asked)).toEqual(before);
  });

  test("with features of another backbone it is refused", async () => {
    const asked = request();
    await runTraining(asked);
    const scaled = await openStore(asked.recipe, 10);
    await expect(runTraining({ ...asked, store: scaled })).rejects.toMatchObject({
      code: "RSAD_CHECKPOINT_MISMATCH",
    });
    await scaled.close();
  });

  test("a finished run is not trained further", async () => {
    const asked = request();
    const { weights } = await runTraining(asked);
    const again = await runTraining(asked);
    expect(again.weights).toEqual(weights);
    expect(again.losses).toHaveLength(6);
  });
});

test("a checkpoint carries Adam's moments, the running statistics and the step", async () => {
  const asked = request();
  await runTraining(asked);
  const path = join(asked.folder, "checkpoint.safetensors");
  const header = (await readFile(path)).toString("latin1");
  for (const name of [
    "first/discriminator.0.weight",
    "second/discriminator.0.weight",
    "discriminator.0.norm.mean",
  ]) {
    expect(header).toContain(`"${name}"`);
  }
  await expect(new CheckpointFile(path, "another key").load()).rejects.toThrow();
});

test("a loss that overflows ends the run with a word, and saves nothing", async () => {
  const recipe = tinyRecipe({ "optimizer.discriminatorRate": 1e30, "optimizer.decayAt": [] });
  const asked = request({ recipe, checkpointSeconds: 100 });
  await expect(runTraining(asked)).rejects.toMatchObject({
    code: "RSAD_ARGUMENT_INVALID",
    subject: "the recipe",
    hint: expect.stringContaining("discriminatorRate"),
  });
  expect(await readdir(asked.folder)).toEqual(["losses.jsonl"]);
});

test("features that cannot be read ahead end the run as an error of its own", async () => {
  const failing = Object.create(store) as FeatureStore;
  let reads = 0;
  Object.defineProperties(failing, {
    levels: { value: store.levels },
    precision: { value: store.precision },
    key: { value: store.key },
    statistics: { value: (chosen: readonly number[]) => store.statistics(chosen) },
    read: {
      value: async (chosen: readonly number[]) => {
        reads += 1;
        if (reads === 2) throw new Error("the disk is gone");
        return store.read(chosen);
      },
    },
  });
  const unhandled: unknown[] = [];
  const listen = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", listen);
  try {
    await expect(runTraining(request({ store: failing }))).rejects.toThrow("the disk is gone");
    await new Promise((resolve) => setTimeout(resolve, 20));
  } finally {
    process.off("unhandledRejection", listen);
  }
  expect(unhandled).toEqual([]);
});
