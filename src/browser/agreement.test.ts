import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tinyDefault, tinyImage, tinyRecipe, writeRhombus } from "../../test/tiny.ts";
import { type TinyRequest, type TinyTraining, tinyTraining } from "../../test/tiny-training.ts";
import { openModel } from "../assessment/index.ts";
import { train } from "../detectors/index.ts";
import { webRuntime } from "../graph/index.ts";
import { Model } from "../model/index.ts";
import { METHODS, type Recipe, recipe } from "../recipes/index.ts";

let training: TinyTraining;
beforeAll(async () => {
  training = await tinyTraining(8);
});
afterAll(() => training.remove());

const preprocessing = { fit: "pad", size: 32 } as const;
const whole = async (): Promise<Partial<TinyRequest>> => ({});
const recipes: readonly (readonly [string, Recipe, typeof whole])[] = [
  ["the default recipe", tinyDefault({ preprocessing }), whole],
  ["the paper's method", tinyRecipe({ preprocessing: { fit: "crop", size: 32, resize: 36 } }), whole],
  ["PatchCore", recipe(METHODS.patchcore, { preprocessing }), whole],
  ["a mask", tinyDefault({ preprocessing }), async () => ({ mask: await writeRhombus(training.path) })],
  ["tiles", tinyDefault({ preprocessing }), async () => ({ tile: 24 })],
];

test.each(recipes)("the browser's runtime scores as Node's: %s", async (_name, recipe, change) => {
  const { modelPath } = await train(training.request(recipe, await change()));
  const node = await openModel(modelPath, { threads: 1 });
  const web = await Model.load(await readFile(modelPath), webRuntime());
  const images = [1, 2, 3, 4, 5].map((i) => tinyImage(i, { side: 28 + 9 * i, defect: i % 2 === 0 }));
  const pairs = [];
  for (const image of images) pairs.push([await node.score(image), await web.score(image)] as const);
  await node.close();
  await web.close();
  const deviation = deviationOf(pairs.map(([{ score }]) => score));
  expect(deviation).toBeGreaterThan(0);
  for (const [expected, { score, map }] of pairs) {
    expect(Math.abs(score - expected.score)).toBeLessThan(0.01 * deviation);
    expect([map.width, map.height]).toEqual([expected.map.width, expected.map.height]);
    for (const [i, value] of map.data.entries()) {
      const wanted = expected.map.data[i]!;
      // Outside of a crop neither has looked.
      if (Number.isNaN(wanted)) expect(value).toBeNaN();
      else expect(Math.abs(value - wanted)).toBeLessThan(0.01 * deviation);
    }
  }
});

function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
