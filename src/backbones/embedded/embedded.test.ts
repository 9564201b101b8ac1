import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeModel, float32, Graph, nodeRuntime } from "../../graph/index.ts";
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
