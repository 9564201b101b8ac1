import { expect, test } from "vitest";
import { float32, nodeRuntime, type Tensors } from "../graph/index.ts";
import { Random } from "../random.ts";
import { METHODS, recipe } from "../recipes/index.ts";
import { measureBalance } from "./balance.ts";
import type { Parts } from "./head.ts";
import type { Rows } from "./rows.ts";

const runtime = nodeRuntime({ threads: 1 });

/** A discriminator whose score of a row is `factor` times its one number, if that is positive. */
function parts(factor: number, bank?: Rows): Parts {
  const one = (value: number) => float32([value], [1, 1]);
  const weights: Tensors = {
    "discriminator.0.weight": one(1),
    "discriminator.0.norm.weight": one(1),
    "discriminator.0.norm.bias": one(0),
    "discriminator.0.norm.mean": one(0),
    "discriminator.0.norm.variance": one(1 - 1e-5),
    "discriminator.1.weight": one(-factor),
  };
  const settings = recipe(METHODS.hybrid, { "discriminator.hidden": [1], painting: "none" });
  return { recipe: settings, weights, bank, scales: Float32Array.of(2) };
}

/** 0, 1, ..., count - 1 in any order. */
function shuffled(count: number): Rows {
  return { data: Float32Array.from(new Random(4).permutation(count)), width: 1 };
}

test.each([1, 2, 101, 3000])("is where each part's scores of %i patches lie", async (count) => {
  const bank = { data: Float32Array.of(-10), width: 1 };
  const [noise, memory] = await measureBalance(parts(3, bank), shuffled(count), runtime);
  const median = Math.floor(count / 2);
  const reach = Math.floor(0.99 * (count - 1)) - median;
  expect(noise!.median).toBeCloseTo(3 * median, 1);
  expect(noise!.reach).toBeCloseTo(reach > 0 ? 3 * reach : 1, 1);
  // The bank holds components as they were before they were multiplied by 2.
  expect(memory!.median).toBeCloseTo(median / 2 + 10, 1);
  expect(memory!.reach).toBeCloseTo(reach > 0 ? reach / 2 : 1, 1);
});

test("does not depend on the order of the patches, to the bit", async () => {
  const random = new Random(5);
  const rows = random.fillNormal(new Float32Array(2100));
  const bank = { data: Float32Array.of(-3, 0.1, 2), width: 1 };
  const measured = (data: Float32Array) => measureBalance(parts(3, bank), { data, width: 1 }, runtime);
  expect(await measured(rows.slice().sort())).toEqual(await measured(rows));
});

test("leaves scores that are all alike at their own scale", async () => {
  const patches = { data: new Float32Array(500).fill(7), width: 1 };
  expect(await measureBalance(parts(0), patches, runtime)).toEqual([{ median: expect.closeTo(0), reach: 1 }]);
});

test("takes differences by rounding for none", async () => {
  const data = Float32Array.from({ length: 500 }, (_, i) => 7 + 1e-6 * (i % 3));
  const [noise] = await measureBalance(parts(1), { data, width: 1 }, runtime);
  expect(noise).toEqual({ median: expect.closeTo(7), reach: 1 });
});

test("takes differences by rounding for none in distances as well, however long the patches", async () => {
  const bank = { data: Float32Array.of(-1000, 1000), width: 1 };
  // Twice the components as they were; their distance to 1000 is 0, but for rounding.
  const data = Float32Array.from({ length: 500 }, (_, i) => 2 * (1000 + 1e-3 * (i % 3)));
  const balances = await measureBalance(parts(1, bank), { data, width: 1 }, runtime);
  expect(balances.at(-1)).toMatchObject({ reach: 1 });
});

test("counts rounding of distances by the bank's spread, not by how far from the origin it lies", async () => {
  const bank = { data: Float32Array.of(1000, 1001), width: 1 };
  const data = Float32Array.from({ length: 501 }, (_, i) => 2 * (1001 + 1e-3 * i));
  const { reach } = (await measureBalance(parts(1, bank), { data, width: 1 }, runtime)).at(-1)!;
  expect(reach).toBeCloseTo(0.245, 2);
});
