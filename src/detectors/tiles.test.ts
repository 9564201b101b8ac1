import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tinyDefault, tinyRecipe } from "../../test/tiny.ts";
import { type TinyTraining, tinyTraining } from "../../test/tiny-training.ts";
import { openModel } from "../assessment/index.ts";
import { inspect } from "../evaluation/index.ts";
import { decodeImage, encodePng, type Image } from "../images/index.ts";
import { Random } from "../random.ts";
import { type Recipe, recipe } from "../recipes/index.ts";
import { recalibrate } from "./recalibrate.ts";
import { train, trainWith } from "./train.ts";

const TILE = 64;
let folder: TinyTraining;
let sheets: string;

/** A striped sheet, with a bright square of 24 pixels at `defect`. */
function sheet(index: number, width: number, height: number, defect?: readonly [number, number]): Image {
  const random = new Random(3, "sheet", index);
  const data = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const within =
      defect !== undefined && x >= defect[0] && x < defect[0] + 24 && y >= defect[1] && y < defect[1] + 24;
    data.fill(within ? 250 : 100 + 20 * Math.sin(x / 4) + random.uniform(-6, 6), 3 * pixel, 3 * pixel + 3);
  }
  return { width, height, data };
}

beforeAll(async () => {
  folder = await tinyTraining(0);
  sheets = join(folder.path, "sheets");
  await mkdir(sheets);
  for (let i = 0; i < 6; i++) await writeFile(join(sheets, `${i}.png`), await encodePng(sheet(i, 160, 112)));
});
afterAll(() => folder.remove());

const preprocessing = tinyRecipe().preprocessing;
/** A patch knows itself alone. */
const aggregation = { kind: "average", neighbourhood: 1 };
const dfm = () =>
  recipe("dfm", { preprocessing, holdout: 0.34, variance: 0.9, "score.smoothing": 0, aggregation });
const patchCore = () =>
  recipe("patchcore", {
    preprocessing,
    holdout: 0.34,
    "score.smoothing": 0,
    aggregation,
    "coreset.share": 0.2,
  });
const request = (own: Recipe, change = {}) => folder.request(own, { data: sheets, tile: TILE, ...change });

test.each([
  ["dfm", dfm],
  ["the default recipe", () => tinyDefault({ preprocessing, holdout: 0.34 })],
  ["the recipe noise", () => tinyRecipe({ holdout: 0.34 })],
])("%s learns from the tiles of some images and sets thresholds by others, whole", async (_, own) => {
  const { metadata, modelPath } = await train(request(own()));
  // 160 x 112 in tiles of 64 that share 16: 3 x 2.
  expect(metadata.tiles).toEqual({ size: TILE, overlap: 16, trained: 4 * 6 });
  expect(metadata.data).toMatchObject({ count: 6, trained: 4 });
  expect(metadata.threshold).toMatchObject({ count: 2 });
  const model = await openModel(modelPath, { threads: 1 });
  const scores = [];
  for (let i = 0; i < 6; i++) scores.push((await model.score(sheet(i, 160, 112))).score);
  await model.close();
  expect(scores.filter((score) => score < metadata.threshold!.image).length).toBeGreaterThanOrEqual(2);
});

describe("the core of a defect at known pixels of 1920 x 1080 lies there, to within a patch", () => {
  const at = [1301, 617] as const;
  // Of this network's levels, the one whose patches see nothing beyond themselves: what a network sees around a patch widens a box besides.
  const firstLevel = () => ({ ...folder.backbone, taps: ["first"] });

  async function expectFound(modelPath: string, file: string, patch: readonly [number, number]) {
    const model = await openModel(modelPath, { threads: 1 });
    const image = await decodeImage(file);
    expect([image.width, image.height]).toEqual([1920, 1080]);
    const { verdict, regions, peak } = await inspect(model, image);
    await model.close();
    expect(verdict).toBe("defect");
    const [{ core, peakAt, ...box }] = regions as [(typeof regions)[number]];
    expect(peak).toMatchObject(peakAt);
    const { x, y, width, height } = core;
    for (const [is, wanted, side] of [
      [x, at[0], patch[0]],
      [y, at[1], patch[1]],
      [x + width, at[0] + 24, patch[0]],
      [y + height, at[1] + 24, patch[1]],
    ] as const) {
      expect(Math.abs(is - wanted)).toBeLessThanOrEqual(side);
    }
    expect(box.x).toBeLessThanOrEqual(x);
    expect(box.x + box.width).toBeGreaterThanOrEqual(x + width);
  }

  /** A sheet with the defect, and the same stored lying, with the orientation that turns it by a quarter. */
  let files: readonly [string, string];
  beforeAll(async () => {
    files = [join(folder.path, "upright.png"), join(folder.path, "turned.tif")];
    await writeFile(files[0], await encodePng(sheet(9, 1920, 1080, at)));
    await sharp(files[0])
      .rotate(-90)
      .withMetadata({ orientation: 6 })
      .tiff({ compression: "lzw" })
      .toFile(files[1]);
  });

  const recipes: readonly (readonly [string, () => Recipe])[] = [
    ["PatchCore", patchCore],
    [
      "the default recipe",
      () => tinyDefault({ preprocessing, aggregation, holdout: 0.34, "length.steps": 60 }),
    ],
  ];

  test.each(recipes)("by %s in tiles, upright and turned by EXIF", async (_, own) => {
    const { modelPath } = await train(request(own(), { backbone: firstLevel() }));
    for (const file of files) await expectFound(modelPath, file, [TILE / 8, TILE / 8]);
  });

  test.each(recipes)("by %s without tiles, upright and turned by EXIF", async (name, own) => {
    const data = join(folder.path, `large for ${name}`);
    await mkdir(data);
    for (let i = 0; i < 4; i++) {
      await writeFile(join(data, `${i}.png`), await encodePng(sheet(i, 1920, 1080)));
    }
    const { modelPath } = await train(folder.request(own(), { data, backbone: firstLevel() }));
    for (const file of files) await expectFound(modelPath, file, [1920 / 8, 1080 / 8]);
  });
});

test("stopped while learning from tiles and gone on with, it ends with the same bytes", async () => {
  const own = () => tinyDefault({ preprocessing, holdout: 0.34 });
  const [whole, stopped] = [request(own()), request(own())];
  await train(whole);
  const abort = new AbortController();
  const onProgress = ({ phase, done }: { phase: string; done: number }) => {
    if (phase === "training" && done === 3) abort.abort();
  };
  const interrupted = { ...stopped, onProgress, signal: abort.signal };
  await expect(trainWith(interrupted, { checkpointSeconds: 0 })).rejects.toThrow();
  const otherwise = train({ ...stopped, tile: 48 });
  await expect(otherwise).rejects.toMatchObject({ code: "RSAD_CHECKPOINT_MISMATCH" });
  await train(stopped);
  expect((await readFile(stopped.output)).equals(await readFile(whole.output))).toBe(true);
});

test("thresholds found anew are those of tiles, too", async () => {
  const { modelPath, metadata } = await train(request(dfm()));
  const output = join(folder.path, "anew.onnx");
  const again = await recalibrate({ model: modelPath, output, images: sheets, threads: 1 });
  expect(again.metadata.threshold!.image).toBe(metadata.threshold!.image);
  expect(again.metadata.tiles).toEqual(metadata.tiles);
});

test("a model of whole images inspects larger ones in tiles of their size", async () => {
  const pieces = join(folder.path, "pieces");
  await mkdir(pieces);
  for (let i = 0; i < 6; i++)
    await writeFile(join(pieces, `${i}.png`), await encodePng(sheet(i, TILE, TILE)));
  const { modelPath, metadata } = await train(folder.request(dfm(), { data: pieces }));
  expect(metadata.tiles).toBeUndefined();
  const model = await openModel(modelPath, { threads: 1, tile: TILE });
  const whole = await openModel(modelPath, { threads: 1 });
  const piece = sheet(7, TILE, TILE, [20, 20]);
  expect((await model.score(piece)).map).toEqual((await whole.score(piece)).map);
  const good = await model.score(sheet(8, 300, 200));
  const bad = await model.score(sheet(8, 300, 200, [140, 90]));
  expect(bad.score).toBeGreaterThan(2 * good.score);
  await model.close();
  await whole.close();
});

test("thresholds of a model of whole images are found for tiles, which it cuts from then on", async () => {
  const pieces = join(folder.path, "pieces-to-calibrate");
  await mkdir(pieces);
  for (let i = 0; i < 6; i++)
    await writeFile(join(pieces, `${i}.png`), await encodePng(sheet(i, TILE, TILE)));
  const { modelPath, metadata } = await train(folder.request(dfm(), { data: pieces }));
  const calibrated = { output: join(folder.path, "for-sheets.onnx"), images: sheets, threads: 1 };
  const result = await recalibrate({ ...calibrated, model: modelPath, tile: TILE });
  expect(result.metadata).toEqual({
    ...metadata,
    tiles: { size: TILE, overlap: 16, trained: 0 },
    threshold: expect.objectContaining({ count: 6 }),
  });
  expect([result.drift, result.metadata.threshold.firstScores]).toEqual([undefined, undefined]);
  const [cuts, told] = [
    await openModel(result.modelPath, { threads: 1 }),
    await openModel(modelPath, { threads: 1, tile: TILE }),
  ];
  const image = sheet(8, 300, 200);
  expect((await cuts.score(image)).score).toBe((await told.score(image)).score);
  await cuts.close();
  await told.close();
  // Scores of tiles are comparable among themselves.
  const again = await recalibrate({
    ...calibrated,
    model: result.modelPath,
    output: join(folder.path, "again.onnx"),
  });
  expect(again.drift).toMatchObject({ first: { statistic: 0, pValue: 1 }, hasDrifted: false });
  await expect(recalibrate({ ...calibrated, model: result.modelPath, tile: TILE })).rejects.toMatchObject({
    code: "RSAD_ARGUMENT_INVALID",
    subject: "tile",
  });
});

describe("refuses", () => {
  const invalid = { code: "RSAD_ARGUMENT_INVALID" };

  test("tiles of a model that has its own, and tiles together with a mask", async () => {
    const { modelPath } = await train(request(dfm()));
    await expect(openModel(modelPath, { tile: 64 })).rejects.toMatchObject(invalid);
    await expect(train(request(dfm(), { mask: "any.png" }))).rejects.toMatchObject(invalid);
    await expect(train(request(dfm(), { tile: 3 }))).rejects.toMatchObject(invalid);
  });

  test("training images smaller than a tile, by name", async () => {
    await expect(train(request(dfm(), { tile: 128 }))).rejects.toMatchObject({
      code: "RSAD_IMAGE_INVALID",
      subject: join(sheets, "0.png"),
    });
  });
});
