import { afterAll, beforeAll, expect, test } from "vitest";
import { type TinyTraining, tinyTraining } from "../../test/tiny-training.ts";
import { train } from "../detectors/index.ts";
import { inspect } from "../evaluation/index.ts";
import { recipe } from "../recipes/index.ts";
import { openModel } from "./open-model.ts";

let folder: TinyTraining;
beforeAll(async () => {
  folder = await tinyTraining(4);
});
afterAll(() => folder.remove());

const SIZES = [
  [1, 1],
  [1, 2],
  [500, 1],
  [1, 500],
  [2, 999],
  [3, 3],
] as const;

test.each([
  [{ fit: "stretch", size: 32 }],
  [{ fit: "pad", size: 32 }],
  [{ fit: "crop", size: 32, resize: 36 }],
])("every image that decodes has a verdict, however small or thin: $fit", async (preprocessing) => {
  const { modelPath } = await train(folder.request(recipe("dfm", { preprocessing, holdout: 0.5 })));
  const model = await openModel(modelPath, { threads: 1 });
  for (const [width, height] of SIZES) {
    const image = { width, height, data: new Uint8Array(3 * width * height).fill(90) };
    const { verdict, score, map } = await inspect(model, image);
    expect(["good", "defect"]).toContain(verdict);
    expect(Number.isFinite(score)).toBe(true);
    expect([map.width, map.height, map.data.length]).toEqual([width, height, width * height]);
  }
  await model.close();
});
