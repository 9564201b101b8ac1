import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import type { InspectedSample } from "../../assessment/index.ts";
import type { Sample } from "../../datasets/index.ts";
import { cell, results, variant } from "../tables/testing/results.ts";
import { ColourScale } from "./colour-scale.ts";
import { exampleOf } from "./example.ts";
import { inLines } from "./in-lines.ts";
import { makeFigure, readTiles, TileCollector, type Tiles, writeTiles } from "./index.ts";
import { TILE_SIDE } from "./tile-collector.ts";

const sample = (name: string, type: string, mask?: string): Sample => ({
  path: name,
  name,
  type,
  ...(mask !== undefined && { mask }),
});

/** The colour in the middle of a PNG file, or at the pixel given. */
async function colour(png: Uint8Array, x = TILE_SIDE / 2, y = TILE_SIDE / 2): Promise<number[]> {
  const [red, green, blue] = await sharp(png)
    .removeAlpha()
    .extract({ left: x, top: y, width: 1, height: 1 })
    .raw()
    .toBuffer();
  return [red!, green!, blue!];
}

async function plain(background: string): Promise<Uint8Array> {
  return sharp({ create: { width: TILE_SIDE, height: TILE_SIDE, channels: 3, background } })
    .png()
    .toBuffer();
}

describe("the example of a class", () => {
  test("is the middle image of the first defect type by name, whatever the order", () => {
    const samples = ["c", "a", "d", "b"].map((name) => sample(`test/bent/${name}`, "bent"));
    expect(exampleOf([sample("x", "good"), sample("s", "scratch"), ...samples])?.name).toBe("test/bent/b");
  });

  test("has a mask if any image has one, and there is none without defects", () => {
    expect(exampleOf([sample("a", "bent"), sample("b", "scratch", "mask")])?.name).toBe("b");
    expect(exampleOf([sample("a", "good")])).toBeUndefined();
  });
});

describe("the colours of a model's maps", () => {
  const map = (...values: number[]) => ({ width: values.length, height: 1, data: Float32Array.from(values) });

  test("go from a third of the way above the median to the value that one image in twenty exceeds", () => {
    const scale = new ColourScale();
    for (let i = 0; i < 20; i++) scale.add(map(0, 0, 9));
    scale.add(map(0, 0, 1000));
    expect(scale.range()).toEqual({ low: 3, high: 9 });
  });

  test("leave out what was not inspected, and need something that was", () => {
    const scale = new ColourScale();
    scale.add(map(Number.NaN, Number.NaN));
    expect(scale.range()).toBeUndefined();
    scale.add(map(Number.NaN, 2));
    expect(scale.range()).toEqual({ low: 2, high: 2 });
  });
});

describe("tiles", () => {
  const inspected = (of: Sample, value: number): InspectedSample => ({
    sample: of,
    image: { width: 4, height: 2, data: new Uint8Array(24).fill(200) },
    mask: { width: 4, height: 2, data: new Uint8Array(8).fill(1) },
    map: { width: 4, height: 2, data: new Float32Array(8).fill(value) },
    score: value,
    seconds: 0,
  });
  const good = sample("g", "good");
  const bent = sample("b", "bent", "mask");

  test("are squares of the example: the image, its mask, its map in the colours of all maps", async () => {
    const collector = new TileCollector([good, bent]);
    for (let i = 0; i < 30; i++) collector.add(inspected(good, 0));
    collector.add(inspected(bent, 1));
    const { image, truth, map } = (await collector.finish())!;
    for (const png of [image, truth!, map]) {
      expect(await sharp(png).metadata()).toMatchObject({
        format: "png",
        width: TILE_SIDE,
        height: TILE_SIDE,
      });
      expect(await colour(png, 5, 5)).toEqual([255, 255, 255]);
    }
    expect(await colour(image)).toEqual([200, 200, 200]);
    const [red, green, blue] = await colour(truth!);
    expect(green).toBeGreaterThan(red!);
    expect(blue).toBeGreaterThan(red!);
    const [hot, cold] = await colour(map);
    expect(hot).toBeGreaterThan(cold! + 50);
  });

  test("there are none without a defective image", async () => {
    const collector = new TileCollector([good]);
    collector.add(inspected(good, 0));
    expect(await collector.finish()).toBeUndefined();
  });

  test("are read as they were last written; a folder without them has none", async () => {
    const folder = await mkdtemp(join(tmpdir(), "rsad tiles "));
    try {
      const tiles: Tiles = { image: Buffer.from("i"), truth: Buffer.from("t"), map: Buffer.from("m") };
      const place = join(folder, "cell");
      for (const each of [undefined, tiles, { ...tiles, truth: undefined }, undefined]) {
        await writeTiles(place, each);
        expect(await readTiles(place)).toEqual(each);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe("the figure", () => {
  const at = (className: string, id: string, seed = 1) =>
    cell({ class: className, variant: id, seed, measures: { image: {} } });
  const made = results([at("a", "x", 2), at("a", "x", 1), at("a", "y"), at("b", "x"), at("c", "y")], {
    variants: [variant("x", { label: "X <&>" }), variant("y"), variant("z", { sweep: "sigma" })],
  });

  test("has a row for each class with tiles and a column for each method, of the first seed", async () => {
    const [grey, green, red, blue] = await Promise.all(
      ["#808080", "#00ff00", "#ff0000", "#0000ff"].map(plain),
    );
    const figure = await makeFigure(made, async ({ class: name, variant: id, seed }) => {
      if (name === "c") return undefined;
      return { image: grey!, truth: green, map: id === "y" || seed > 1 ? blue! : red! };
    });
    const { width, height } = await sharp(figure!.png).metadata();
    const x = (column: number) => width - (4 - column) * (TILE_SIDE + 8) + 20;
    const y = (row: number) => height - (2 - row) * (TILE_SIDE + 8) + 20;
    const row = async (index: number) =>
      Promise.all([0, 1, 2, 3].map((column) => colour(figure!.png, x(column), y(index))));
    const [image, truth, hot] = [
      [128, 128, 128],
      [0, 255, 0],
      [255, 0, 0],
    ];
    expect(await row(0)).toEqual([image, truth, hot, [0, 0, 255]]);
    expect(await row(1)).toEqual([image, truth, hot, [236, 238, 236]]);
    expect(figure!.caption).toContain("Rows: a, b. Columns: Image, Truth, X <&>, y.");
  });

  test("there is none without tiles", async () => {
    expect(await makeFigure(made, async () => undefined)).toBeUndefined();
  });
});

test("labels break at spaces, underscores and strokes; a long word stays whole", () => {
  expect(inLines("best snapshot on test", 13)).toEqual(["best snapshot", "on test"]);
  expect(inLines("wide_resnet50_2", 8)).toEqual(["wide_", "resnet50_", "2"]);
  expect(inLines("unbreakable", 4)).toEqual(["unbreakable"]);
});
