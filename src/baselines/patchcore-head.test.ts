import { expect, test } from "vitest";
import { matrix, runHead } from "../features/testing/tiny-store.ts";
import { float32, nodeRuntime } from "../graph/index.ts";
import { Random } from "../random.ts";
import { patchCoreHead } from "./patchcore-head.ts";

const runtime = nodeRuntime({ threads: 1 });
const CHANNELS = 6;
const SIZE = 12;
const [HEIGHT, WIDTH] = [3, 5];

function vectors(count: number, key: string, offset = 0): Float32Array {
  const data = new Random(5, key).fillNormal(new Float32Array(count * CHANNELS));
  return data.map((value) => value + offset);
}

/** One level [1, C, h, w] whose patches are the given rows. */
function levelOf(rows: Float32Array) {
  const data = new Float32Array(rows.length);
  const count = HEIGHT * WIDTH;
  rows.forEach((value, i) => {
    data[(i % CHANNELS) * count + Math.floor(i / CHANNELS)] = value;
  });
  return float32(data, [1, CHANNELS, HEIGHT, WIDTH]);
}

const distance = (a: readonly number[], b: readonly number[]) => Math.hypot(...a.map((x, i) => x - b[i]!));

/** Patch distances and the re-weighted score, in double precision and from the definitions. */
function expected(bank: number[][], rows: number[][], neighbours: number) {
  const nearest = rows.map((row) => bank.toSorted((a, b) => distance(a, row) - distance(b, row))[0]!);
  const patches = rows.map((row, i) => distance(row, nearest[i]!));
  const largest = Math.max(...patches);
  const worst = patches.indexOf(largest);
  const [x, m] = [rows[worst]!, nearest[worst]!];
  const around = bank.toSorted((a, b) => distance(a, m) - distance(b, m)).slice(0, neighbours);
  const sum = around.reduce((total, one) => total + Math.exp(distance(x, one)), 0);
  return { patches, score: (1 - Math.exp(largest) / sum) * largest };
}

const plain = (data: Float32Array) => matrix(float32(data, [data.length / CHANNELS, CHANNELS]));

test.each([0, 1000])("scores as the definitions say, at an offset of %d", async (offset) => {
  const [bank, rows] = [vectors(SIZE, "bank", offset), vectors(HEIGHT * WIDTH, "rows", offset)];
  for (const neighbours of [2, 9, SIZE, 50]) {
    const head = patchCoreHead({ bank, channels: CHANNELS, neighbours });
    const [result] = await runHead(runtime, head, [[levelOf(rows)]]);
    const wanted = expected(plain(bank), plain(rows), neighbours);
    result!.patches.forEach((value, i) => {
      expect(value).toBeCloseTo(wanted.patches[i]!, 4);
    });
    expect(result!.score).toBeCloseTo(wanted.score, 4);
  }
});

test("a patch that is in the bank scores exactly 0, however large features are", async () => {
  const bank = vectors(SIZE, "bank", 300);
  const rows = Float32Array.from({ length: HEIGHT * WIDTH * CHANNELS }, (_, i) => bank[i % bank.length]!);
  const [result] = await runHead(runtime, patchCoreHead({ bank, channels: CHANNELS, neighbours: 9 }), [
    [levelOf(rows)],
  ]);
  // Counting from the bank's mean rounds both alike.
  expect(result).toEqual({ patches: new Array(HEIGHT * WIDTH).fill(0), score: 0 });
});

test("distances too large for exp give a finite score", async () => {
  const bank = vectors(SIZE, "bank").map((value) => value * 1000);
  const rows = vectors(HEIGHT * WIDTH, "rows").map((value) => value * 1000);
  const [result] = await runHead(runtime, patchCoreHead({ bank, channels: CHANNELS, neighbours: 9 }), [
    [levelOf(rows)],
  ]);
  const largest = Math.max(...result!.patches);
  expect(result!.score! / largest).toBeCloseTo(1, 5);
});

test.each([
  ["is not asked for", SIZE, 0],
  ["has a single vector to look at", 1, 9],
])("the score is left to the maximum where re-weighting %s", async (_why, size, neighbours) => {
  const bank = vectors(size, "bank");
  const head = patchCoreHead({ bank, channels: CHANNELS, neighbours });
  const [result] = await runHead(runtime, head, [[levelOf(vectors(HEIGHT * WIDTH, "rows"))]]);
  expect(result!.score).toBeUndefined();
});
