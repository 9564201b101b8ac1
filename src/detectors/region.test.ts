import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tinyDefault, tinyImage, tinyRecipe } from "../../test/tiny.ts";
import { type TinyTraining, tinyTraining } from "../../test/tiny-training.ts";
import { openModel } from "../assessment/index.ts";
import { encodeMaskPng, encodePng, type Image, type Mask } from "../images/index.ts";
import type { Model } from "../model/index.ts";
import { METHODS, type Method, type Recipe, recipe } from "../recipes/index.ts";
import { train } from "./train.ts";

/** What every method has to keep where only a part of each image is inspected. */

const SIDE = 40;
/** Pixels to the left of it are inspected: three of the grid's eight columns. */
const BORDER = 15;
/** Pixels from here on are too far for any inspected patch to see, through aggregation and the coarser level. */
const UNSEEN = 32;
let folder: TinyTraining;
let left: string;
let white: string;

beforeAll(async () => {
  folder = await tinyTraining(8);
  left = await storeMask("left.png", (x) => x < BORDER);
  white = await storeMask("white.png", () => true);
});
afterAll(() => folder.remove());

async function storeMask(name: string, inside: (x: number, y: number) => boolean, side = SIDE) {
  const data = Uint8Array.from({ length: side * side }, (_, i) =>
    inside(i % side, Math.floor(i / side)) ? 1 : 0,
  );
  const mask: Mask = { width: side, height: side, data };
  const path = join(folder.path, name);
  await writeFile(path, await encodeMaskPng(mask));
  return path;
}

const shared = { preprocessing: tinyRecipe().preprocessing, holdout: 0.25 };
const small = { length: { steps: 20 }, "discriminator.hidden": [8], patches: "all", batch: 2 };
const recipes: Record<Method, () => Recipe> = {
  rsad: () => tinyRecipe({ ...small, ...shared, patches: 16 }),
  hybrid: () => tinyDefault({ ...shared, "length.steps": 20 }),
  simplenet: () => recipe("simplenet", { ...small, ...shared }),
  patchcore: () => recipe("patchcore", { ...shared, "coreset.share": 0.2 }),
  padim: () => recipe("padim", { ...shared, dimensions: 6 }),
  dfm: () => recipe("dfm", { ...shared, variance: 0.9 }),
};

/** An image with a bright square of 8 pixels from (x, y) on. */
function withSquare(index: number, at: number): Image {
  const { width, height, data } = tinyImage(index);
  const drawn = data.slice();
  for (let y = 16; y < 24; y++) drawn.fill(255, 3 * (y * width + at), 3 * (y * width + at + 8));
  return { width, height, data: drawn };
}

async function using<T>(
  mask: string | undefined,
  own: Recipe,
  look: (model: Model) => Promise<T>,
): Promise<T> {
  const { modelPath } = await train(folder.request(own, { mask }));
  const model = await openModel(modelPath, { threads: 1 });
  try {
    return await look(model);
  } finally {
    await model.close();
  }
}

describe.each(Object.keys(METHODS) as Method[])("%s", (method) => {
  const patchAndMap = (["patch", "map"] as const).map((image) => [image] as const);

  test.each(patchAndMap)(
    "a defect outside changes nothing, one inside does; score of the %s",
    async (image) => {
      const score = { image, smoothing: 2 };
      const own = {
        ...recipes[method](),
        score,
        ...(method === "patchcore" && image === "map" && { reweight: 0 }),
      } as Recipe;
      await using(left, own, async (model) => {
        const good = await model.score(tinyImage(100));
        const outside = await model.score(withSquare(100, UNSEEN));
        const inside = await model.score(withSquare(100, 6));
        for (const { map } of [good, outside, inside]) {
          for (let i = 0; i < map.data.length; i++) {
            expect(Number.isNaN(map.data[i]!)).toBe(i % SIDE >= BORDER);
          }
        }
        expect(outside.score).toBe(good.score);
        expect(outside.map.data).toEqual(good.map.data);
        expect(inside.score).toBeGreaterThan(good.score);
        // In an image of the network's own size the pixels of both frames are the same.
        const { map, score } = await model.score(tinyImage(100, { side: 32 }));
        const highest = map.data.reduce((high, value) => Math.max(high, value || -Infinity), -Infinity);
        if (image === "map") expect(score).toBeCloseTo(highest, 5);
      });
    },
  );

  test("nothing outside is learned from", async () => {
    // The right part of every training image is another one.
    const others = await tinyTraining(0);
    const { samples } = folder;
    const path = (name: string) => join(others.data, name);
    for (const [i, { name }] of samples.entries()) {
      const { width, height, data } = tinyImage(i);
      const changed = data.map((value, at) =>
        Math.floor(at / 3) % width < UNSEEN ? value : (at * 7 + i) % 256,
      );
      await writeFile(path(name), await encodePng({ width, height, data: changed }));
    }
    // Painted defects take their texture from anywhere.
    const own = { ...recipes[method](), ...(method === "hybrid" && { painting: "none" }) } as Recipe;
    const scores = async (data: string) => {
      const { modelPath } = await train(folder.request(own, { mask: left, data }));
      const model = await openModel(modelPath, { threads: 1 });
      const scored = await model.score(tinyImage(100));
      await model.close();
      return scored;
    };
    const [one, other] = [await scores(folder.data), await scores(others.data)];
    await others.remove();
    expect(other.score).toBeCloseTo(one.score, 3);
  });

  test("a white mask is none, to the byte", async () => {
    const [without, all] = [
      folder.request(recipes[method]()),
      folder.request(recipes[method](), { mask: white }),
    ];
    await train(without);
    const { metadata } = await train(all);
    expect(metadata.region).toBeUndefined();
    expect((await readFile(all.output)).equals(await readFile(without.output))).toBe(true);
  });
});

test("the metadata says which part is inspected, and thresholds are of that part", async () => {
  const { metadata } = await train(folder.request(recipes.dfm(), { mask: left }));
  expect(metadata.region).toEqual({
    name: "left.png",
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    share: 0.375,
  });
  expect(Number.isFinite(metadata.threshold!.pixel)).toBe(true);
});

test("every fit of images has the same pixels inspected, those of the mask", async () => {
  for (const fit of ["stretch", "pad", "crop"] as const) {
    const preprocessing = fit === "crop" ? { fit, size: 32, resize: 36 } : { fit, size: 32 };
    await using(left, { ...recipes.dfm(), preprocessing } as Recipe, async (model) => {
      const { map } = await model.score(tinyImage(100));
      const cut = fit === "crop" ? SIDE * (2 / 36) : 0;
      for (let i = 0; i < map.data.length; i++) {
        const [x, y] = [(i % SIDE) + 0.5, Math.floor(i / SIDE) + 0.5];
        const cropped = Math.min(x, y, SIDE - x, SIDE - y) < cut;
        expect([fit, x, y, Number.isNaN(map.data[i]!)]).toEqual([fit, x, y, cropped || x > BORDER]);
      }
      const larger = await model.score(tinyImage(100, { side: 80 }));
      expect(larger.map.data.filter(Number.isNaN).length).toBeGreaterThanOrEqual(80 * (80 - 2 * BORDER));
    });
  }
});

describe("refuses", () => {
  const failure = (mask: string) => train(folder.request(recipes.dfm(), { mask })).catch((error) => error);

  test("a mask of another shape, without white, or narrower than any patch; nothing is left behind", async () => {
    const wide = join(folder.path, "wide.png");
    const data = new Uint8Array(800).fill(1);
    await writeFile(wide, await encodeMaskPng({ width: 40, height: 20, data }));
    const black = await storeMask("black.png", () => false);
    const line = await storeMask("line.png", (x) => x === 7);
    for (const [mask, said] of [
      [wide, "40 x 20"],
      [black, "without a white pixel"],
      [line, "a smaller or narrower one"],
    ] as const) {
      const error = await failure(mask);
      expect([error.code, error.message]).toEqual(["RSAD_MASK_INVALID", expect.stringContaining(said)]);
    }
    expect((await failure(join(folder.path, "none.png"))).code).toBe("RSAD_FILE_MISSING");
  });
});
