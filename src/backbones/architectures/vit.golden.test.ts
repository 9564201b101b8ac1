import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { encodeModel, float32, nodeRuntime, type Tensor, type Tensors } from "../../graph/index.ts";
import { exchange, keepWeights, pairsOfOneShape } from "../testing/exchanges.ts";
import { graphOf, openFed } from "../testing/fed-network.ts";
import { seededVit } from "../testing/seeded-vit.ts";
import { drawn } from "../testing/seeded-weights.ts";
import type { Weights } from "../weights/weights.ts";
import { DINOV2, dinov2 } from "./vit.ts";

interface Golden {
  readonly how: string;
  readonly network: { readonly width: number; heads: number; depth: number; patch: number };
  readonly side: number;
  /** Of each tap, the values 0, every, 2 every, ... as base64 of little-endian float32. */
  readonly every: number;
  readonly cases: Readonly<Record<string, { image: number[]; taps: { shape: number[]; values: string }[] }>>;
  /** Of each network, the parameters up to each block. */
  readonly parameters: Readonly<Record<string, number[]>>;
}

const golden: Golden = JSON.parse(await readFile(new URL("vit.golden.json", import.meta.url), "utf8"));
const narrow = dinov2({ name: "narrow", defaultTaps: [], ...golden.network });
const weights = keepWeights(narrow, seededVit(golden.side, golden.network.width));

describe.each(Object.entries(golden.cases))(`a narrow network on %s (${golden.how})`, (_name, one) => {
  const image = float32(drawn("image", one.image, -2, 2), one.image);
  const error = (found: Tensors) =>
    Math.max(...narrow.taps.map((tap, i) => distance(one.taps[i]!.values, found[tap]!)));

  test("gives timm's values", async () => {
    const session = await nodeRuntime({ threads: 1 }).open(encodeModel(graphOf(narrow, weights, one.image)));
    const found = await session.run({ image });
    await session.close();
    expect(narrow.taps.map((tap) => found[tap]!.dims)).toEqual(one.taps.map(({ shape }) => shape));
    expect(error(found)).toBeLessThan(1e-5);
  });

  test("gives others once two tensors of one shape have changed places", async () => {
    const network = await openFed(narrow, weights, image);
    expect(error(await network.run(weights))).toBeLessThan(1e-5);
    const unnoticed: string[] = [];
    for (const [a, b] of pairsOfOneShape(weights)) {
      if (error(await network.run(exchange(weights, a, b))) < 1e-2) unnoticed.push(`${a} and ${b}`);
    }
    await network.close();
    expect(unnoticed).toEqual([]);
  });
});

test.each(DINOV2)("$name has timm's parameters, whichever block is the last", (network) => {
  // The tensors of the largest would take a third of a gigabyte.
  const shared = new Float32Array(2 ** 22);
  const placeholders: Weights = {
    shape: () => undefined,
    tensor: (_name, shape) =>
      shared.subarray(
        0,
        shape.reduce((product, dim) => product * dim),
      ),
  };
  const counts = network.taps.map((tap) => network.load(placeholders, [tap]).parameters);
  expect(counts).toEqual(golden.parameters[network.name]);
});

/** The largest difference in proportion to the root mean square of the expected values. */
function distance(expected: string, { data }: Tensor): number {
  const values = new Float32Array(new Uint8Array(Buffer.from(expected, "base64")).buffer);
  const largest = values.reduce(
    (largest, value, i) => Math.max(largest, Math.abs(value - (data[i * golden.every] as number))),
    0,
  );
  return largest / Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
