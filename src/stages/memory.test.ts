import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { float32, Graph } from "../graph/index.ts";
import { Random } from "../random.ts";
import { distanceToBank } from "./memory.ts";
import { runOnce } from "./testing/golden.ts";

async function distances(rows: Float32Array, bank: Float32Array, width: number) {
  const graph = new Graph();
  const x = graph.input("x", "float32", ["rows", width]);
  graph.output("distance", distanceToBank(x, bank, width));
  const { distance } = await runOnce(graph, { x: float32(rows, [rows.length / width, width]) });
  expect(distance!.dims).toEqual([rows.length / width, 1]);
  return Array.from(distance!.data as Float32Array);
}

function bruteForce(rows: Float32Array, bank: Float32Array, width: number): number[] {
  return Array.from({ length: rows.length / width }, (_, row) => {
    let nearest = Number.POSITIVE_INFINITY;
    for (let vector = 0; vector < bank.length / width; vector++) {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += (rows[row * width + i]! - bank[vector * width + i]!) ** 2;
      nearest = Math.min(nearest, sum);
    }
    return Math.sqrt(nearest);
  });
}

describe("the distance to the nearest vector of a bank", () => {
  const sizes = fc.record({
    width: fc.integer({ min: 1, max: 12 }),
    rows: fc.integer({ min: 1, max: 20 }),
    vectors: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 250, max: 520 })),
    seed: fc.nat(),
  });

  test("is that of trying them all", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ({ width, rows, vectors, seed }) => {
        const x = new Random(seed, "rows").fillNormal(new Float32Array(rows * width));
        const bank = new Random(seed, "bank").fillNormal(new Float32Array(vectors * width));
        const expected = bruteForce(x, bank, width);
        const longest = Math.max(...x.map(Math.abs), ...bank.map(Math.abs)) ** 2 * width;
        for (const [i, found] of (await distances(x, bank, width)).entries()) {
          expect(Math.abs(found ** 2 - expected[i]! ** 2)).toBeLessThan(1e-6 * longest);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("is 0 for what the bank holds, but for rounding that is small beside the bank's spread", async () => {
    const width = 6;
    const spread = 10;
    const bank = new Random(1)
      .fillNormal(new Float32Array(600 * width))
      .map((value) => 1000 + spread * value);
    for (const distance of await distances(bank, bank, width)) expect(distance).toBeLessThan(2e-3 * spread);
  });

  test("does not lose digits to how far from the origin the bank lies", async () => {
    const [width, offset] = [4, 1000];
    const bank = new Float32Array(2 * width).fill(offset, 0, width).fill(offset + 1, width);
    const x = new Float32Array(width).fill(offset);
    x[0] = offset + 0.125;
    expect((await distances(x, bank, width))[0]).toBeCloseTo(0.125, 5);
  });
});
