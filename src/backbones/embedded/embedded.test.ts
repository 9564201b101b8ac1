import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeModel, float32, Graph, nodeRuntime, type Tensor } from "../../graph/index.ts";
import { type Axis, cellGrid } from "../../pixels/index.ts";
import { Random } from "../../random.ts";
import { CONVERTED_SHA256, openEmbedded } from "./embedded.ts";

interface Golden {
  readonly taps: readonly { shape: number[]; mean: number; samples: [position: number, value: number][] }[];
}

let cacheDir: string;
beforeAll(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), "rsad-cache-"));
});
afterAll(() => rm(cacheDir, { recursive: true }));

/** Runs the backbone on the pattern that taps.golden.json describes. */
async function run(size: number) {
  const backbone = await openEmbedded(size, cacheDir);
  const graph = new Graph();
  const built = backbone.build(graph.input("pixels", "float32", ["n", 3, size, size]));
  for (const [i, value] of built.entries()) graph.output(`tap${i}`, value);
  const pattern = Float32Array.from({ length: 3 * size * size }, (_, i) => {
    const x = i % size;
    const y = Math.floor(i / size) % size;
    const c = Math.floor(i / size ** 2);
    return (7 * x + 13 * y + 50 * c + Math.floor((x * y) / 16)) % 256;
  });
  const session = await nodeRuntime({ threads: 1 }).open(encodeModel(graph));
  const results = await session.run({ pixels: float32(pattern, [1, 3, size, size]) });
  await session.close();
  return { backbone, taps: built.map((_, i) => results[`tap${i}`]!) };
}

test("gives the taps that an independent TFLite interpreter gives", async () => {
  const golden: Golden = JSON.parse(await readFile(new URL("taps.golden.json", import.meta.url), "utf8"));
  const { taps } = await run(300);
  golden.taps.forEach((expected, i) => {
    const data = taps[i]!.data as Float32Array;
    expect(taps[i]!.dims).toEqual([1, ...expected.shape]);
    expect(data.reduce((sum, value) => sum + value, 0) / data.length).toBeCloseTo(expected.mean, 5);
    for (const [position, value] of expected.samples) expect(data[position]).toBeCloseTo(value, 4);
  });
});

test.each([256, 224, 131])("announces the taps' sizes for an input of %i pixels", async (size) => {
  const { backbone, taps } = await run(size);
  expect(taps.map((tap) => tap.dims)).toEqual(
    backbone.taps.map(({ channels, height, width }) => [1, channels, height, width]),
  );
  expect(backbone.taps.map((tap) => [tap.channels, tap.height])).toEqual([
    [192, Math.ceil(size / 8)],
    [384, Math.ceil(size / 16)],
  ]);
});

// Of 150 pixels some layers meet an odd size, where padding is the same on both sides.
test.each([128, 150])("looks where its grids say, of %i pixels", async (size) => {
  const { taps, build } = await openEmbedded(size, cacheDir);
  const graph = new Graph();
  for (const [i, tap] of build(graph.input("x", "float32", [1, 3, size, size])).entries()) {
    graph.output(`tap${i}`, tap);
  }
  const session = await nodeRuntime({ threads: 1 }).open(encodeModel(graph));
  const random = new Random(0, "image");
  const noise = Float32Array.from({ length: 3 * size * size }, () => random.uniform(60, 190));
  const run = (pixels: Float32Array) => session.run({ x: float32(pixels, [1, 3, size, size]) });
  const before = await run(noise);
  // Where changed patches of 4 pixels are, less where features that answer would be were they in the middle of their cells.
  const beside = taps.map(() => [0, 0]);
  const changes = 192;
  for (let change = 0; change < changes; change++) {
    const [top, left] = [size / 2 - 16 + random.integer(32), size / 2 - 16 + random.integer(32)];
    const isIn = (i: number, first: number) => i >= first && i < first + 4;
    const after = await run(
      noise.map((value, i) => (isIn(Math.floor(i / size) % size, top) && isIn(i % size, left) ? 255 : value)),
    );
    for (const i of taps.keys()) {
      const [row, column] = centreOfChange(before[`tap${i}`]!, after[`tap${i}`]!);
      beside[i]![0]! += (top + 2 - row * size) / changes;
      beside[i]![1]! += (left + 2 - column * size) / changes;
    }
  }
  await session.close();
  for (const [i, { grid, height, width }] of taps.entries()) {
    const cells = cellGrid(height, width);
    for (const [at, axis] of (["rows", "columns"] as const).entries()) {
      const middle = (cells[axis].count - 1) / 2;
      const place = ({ first, step }: Axis) => (first + middle * step) * size;
      const told = place(grid[axis]) - place(cells[axis]);
      expect(Math.abs(beside[i]![at]! - told)).toBeLessThan(0.1 * (size / height));
    }
  }
});

test("looks below and to the right of its cells' centres, where every padding is one-sided", async () => {
  const { taps } = await openEmbedded(256, cacheDir);
  for (const [i, beside] of [2.6, 5].entries()) {
    const { grid, height, width } = taps[i]!;
    const { rows } = cellGrid(height, width);
    expect(grid.columns).toEqual(grid.rows);
    expect(grid.rows.step).toBeCloseTo(rows.step, 12);
    expect((grid.rows.first - rows.first) * 256).toBeCloseTo(beside, 9);
  }
});

/** Of what changed, by the square of its change; from the upper left corner, in units of the side. */
function centreOfChange(before: Tensor, after: Tensor): readonly [number, number] {
  const [, , height, width] = before.dims as [number, number, number, number];
  let [sum, rows, columns] = [0, 0, 0];
  for (const [i, value] of (after.data as Float32Array).entries()) {
    const weight = (value - (before.data as Float32Array)[i]!) ** 2;
    sum += weight;
    rows += (weight * ((Math.floor(i / width) % height) + 0.5)) / height;
    columns += (weight * ((i % width) + 0.5)) / width;
  }
  return [rows / sum, columns / sum];
}

test("counts the weights that it keeps, at two bytes each beside a header", async () => {
  const { parameters } = await openEmbedded(64, cacheDir);
  const [file] = await readdir(cacheDir);
  const { size } = await stat(join(cacheDir, file!));
  expect(size - 2 * parameters).toBeGreaterThan(0);
  expect(size - 2 * parameters).toBeLessThan(20_000);
});

test("keeps in the cache what it has converted", async () => {
  await openEmbedded(64, cacheDir);
  const files = await readdir(cacheDir);
  expect(files).toHaveLength(1);
  const bytes = await readFile(join(cacheDir, files[0]!));
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(CONVERTED_SHA256);
});

test("refuses pixels of another size", async () => {
  const backbone = await openEmbedded(64, cacheDir);
  const pixels = new Graph().input("pixels", "float32", ["n", 3, 96, 96]);
  expect(() => backbone.build(pixels)).toThrow(expect.objectContaining({ code: "RSAD_ARGUMENT_INVALID" }));
});
