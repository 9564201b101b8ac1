import { expect, test } from "vitest";
import { nodeRuntime } from "../graph/index.ts";
import { Random } from "../random.ts";
import { chooseBank } from "./bank.ts";
import type { HybridRequest } from "./request.ts";

const WIDTH = 3;
/** 60 rows, each of them twice. */
const once = new Random(1).fillNormal(new Float32Array(60 * WIDTH));
const from = { data: Float32Array.from([...once, ...once]), width: WIDTH };

function choose(vectors: number, seed = 0, onProgress?: HybridRequest["onProgress"]) {
  const request = { seed, runtime: nodeRuntime({ threads: 1 }), onProgress } as HybridRequest;
  return chooseBank(request, from, vectors);
}

const rowsOf = (data: Float32Array) =>
  Array.from({ length: data.length / WIDTH }, (_, i) => data.subarray(i * WIDTH, (i + 1) * WIDTH).join());

test.each([
  [1, 1],
  [25, 25],
  [60, 60],
  [4000, 60],
])("of %i vectors asked for it keeps %i: different ones that were there", async (asked, kept) => {
  const { data, width } = await choose(asked);
  expect(width).toBe(WIDTH);
  const bank = rowsOf(data);
  expect(bank).toHaveLength(kept);
  expect(new Set(bank).size).toBe(kept);
  const known = new Set(rowsOf(once));
  expect(bank.every((row) => known.has(row))).toBe(true);
});

test("is the same for the same seed, starts elsewhere for others, and tells how far it is", async () => {
  const progress: number[] = [];
  const report: HybridRequest["onProgress"] = ({ phase, done, total }) => {
    expect([phase, total]).toEqual(["memory", 10]);
    progress.push(done);
  };
  const bank = await choose(10, 0, report);
  expect(await choose(10)).toEqual(bank);
  const starts = await Promise.all([0, 1, 2, 3].map(async (seed) => rowsOf((await choose(1, seed)).data)[0]));
  expect(new Set(starts).size).toBeGreaterThan(1);
  expect([progress[0], progress.at(-1)]).toEqual([0, 10]);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
});
