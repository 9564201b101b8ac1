import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type TinyFolder,
  tinyBackbone,
  tinyDefault,
  tinyFolder,
  tinyImage,
  tinyRecipe,
} from "../../test/tiny.ts";
import { FeatureStore, type Head } from "../features/index.ts";
import { float32, nodeRuntime } from "../graph/index.ts";
import type { Mask } from "../images/index.ts";
import { encodeModelFile, GraphScorer, type ScoredImage } from "../model/index.ts";
import { METHODS, type Recipe, recipe, type TrainedRecipe } from "../recipes/index.ts";
import { runTraining, trainedHead } from "../training/index.ts";
import { inspectionGraph } from "./inspection-graph.ts";

const runtime = nodeRuntime({ threads: 1 });
let folder: TinyFolder;
let runs = 0;
/** Of the images to score: the network's input size, others, and that of the training images. */
const SIDES = [32, 20, 57, 40, 40, 40, 40, 40];
beforeAll(async () => {
  folder = await tinyFolder(6);
});
afterAll(() => folder.remove());

/** Trains with a backbone whose features are `gain` times as large, and scores good and defective images. */
async function trainAndScore(recipe: TrainedRecipe, gain = 1): Promise<ScoredImage[]> {
  const backbone = tinyBackbone(gain);
  const state = join(folder.path, `run-${runs++}`);
  const { samples } = folder;
  const store = await FeatureStore.open({
    folder: state,
    samples,
    fingerprint: "f",
    backbone,
    recipe,
    precision: "float32",
    runtime,
  });
  const { weights, scaling } = await runTraining({
    store,
    images: [0, 1, 2, 3, 4, 5],
    recipe,
    seed: 0,
    runtime,
    folder: state,
    lossLog: join(state, "losses.jsonl"),
  });
  await store.close();
  const graph = inspectionGraph({ backbone, recipe, head: trainedHead({ recipe, weights, scaling }) });
  const scorer = await GraphScorer.open(encodeModelFile(graph), runtime, "the model");
  const scored: ScoredImage[] = [];
  for (const [i, side] of SIDES.entries()) {
    scored.push(await scorer.score(tinyImage(100 + i, { defect: i % 2 === 1, side })));
  }
  await scorer.close();
  return scored;
}

const learning = {
  length: { steps: 60 },
  "noise.deviation": 1,
  "discriminator.hidden": [16],
  "optimizer.discriminatorRate": 0.02,
};
const highest = (map: Float32Array) =>
  map.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);

test("the map lies in the image's own frame, and a defect scores higher than any good image", async () => {
  const scored = await trainAndScore(tinyRecipe(learning));
  for (const [i, side] of SIDES.entries()) {
    const { map, seconds } = scored[i]!;
    expect([map.width, map.height, map.data.length]).toEqual([side, side, side * side]);
    expect(map.data.every(Number.isFinite)).toBe(true);
    expect(seconds).toBeGreaterThan(0);
  }
  const scores = scored.slice(4).map(({ score }) => score);
  const good = scores.filter((_, i) => i % 2 === 0);
  const bad = scores.filter((_, i) => i % 2 === 1);
  expect(Math.min(...bad)).toBeGreaterThan(Math.max(...good));
});

describe("where a patch lies", () => {
  /** The tiny network, whose features are centred in the first pixel of every cell. */
  const backbone = tinyBackbone();
  const early = (count: number) => ({ count, first: 0.5 / 32, step: 1 / count });
  const taps = backbone.taps.map((tap) => {
    const axis = early(tap.height);
    return { ...tap, grid: { rows: axis, columns: axis } };
  });
  const marked = new Float32Array(64);
  marked[3 * 8 + 5] = 1;
  /** Where the map of one worst patch, in row 3 and column 5 of the 8 x 8, is centred. */
  const centre = async (recipe: Recipe, region?: Mask) => {
    const head: Head = ([level]) => ({ patches: level!.graph.constant(float32(marked, [1, 1, 8, 8])) });
    const graph = inspectionGraph({ backbone: { ...backbone, taps }, recipe, head, region });
    const scorer = await GraphScorer.open(encodeModelFile(graph), runtime, "the model");
    const { map } = await scorer.score(tinyImage(0, { side: 32 }));
    await scorer.close();
    const sums = [0, 0, 0];
    for (const [i, value] of map.data.entries()) {
      for (const [at, weight] of [1, Math.floor(i / 32), i % 32].entries()) sums[at]! += weight * value;
    }
    return [sums[1]! / sums[0]!, sums[2]! / sums[0]!];
  };
  const close = ([row, column]: number[], expected: readonly [number, number]) => {
    expect(row).toBeCloseTo(expected[0], 4);
    expect(column).toBeCloseTo(expected[1], 4);
  };

  test.each([
    ["the default method", tinyDefault({ "score.smoothing": 1 })],
    ["a trained one", tinyRecipe({ "score.smoothing": 1 })],
    ["PaDiM", recipe(METHODS.padim, { preprocessing: { fit: "stretch", size: 32 }, "score.smoothing": 1 })],
  ])("the map of %s has it where the network looked", async (_, recipe) => {
    close(await centre(recipe), [3 * 4, 5 * 4]);
    const whole = { width: 2, height: 2, data: new Uint8Array(4).fill(1) };
    close(await centre(recipe, whole), [3 * 4, 5 * 4]);
  });
});

describe("the score", () => {
  test("of `map` is the maximum of the smoothed map", async () => {
    const recipe = tinyRecipe({ ...learning, score: { image: "map", smoothing: 2 } });
    const [first] = await trainAndScore(recipe);
    // An image of the network's own size: its frame is the network's.
    expect(first!.score).toBeCloseTo(highest(first!.map.data), 5);
    for (const { score, map } of await trainAndScore(recipe)) {
      expect(score).toBeGreaterThanOrEqual(highest(map.data) - 1e-5);
    }
  });

  test("of `patch` is the worst patch's, however much the map is smoothed", async () => {
    const at = async (image: "map" | "patch", smoothing: number) =>
      (await trainAndScore(tinyRecipe({ ...learning, score: { image, smoothing } }))).map(
        ({ score }) => score,
      );
    const sharp = await at("patch", 0);
    expect(await at("patch", 3)).toEqual(sharp);
    const smoothed = await at("map", 3);
    for (const [i, score] of sharp.entries()) expect(smoothed[i]).toBeLessThan(score);
  });
});

test.each([
  ["global", 1],
  ["reference", 0.05],
])(
  "scores with the scaling %s do not depend on the scale of the backbone's features",
  async (scaling, deviation) => {
    const recipe = tinyRecipe({
      ...learning,
      length: { steps: 20 },
      scaling,
      "noise.deviation": deviation,
    });
    const scores = async (gain: number) => (await trainAndScore(recipe, gain)).map(({ score }) => score);
    const plain = await scores(1);
    for (const gain of [0.1, 10]) {
      for (const [i, score] of (await scores(gain)).entries()) expect(score).toBeCloseTo(plain[i]!, 2);
    }
  },
);
