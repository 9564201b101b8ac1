import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import {
  elementCount,
  encodeModel,
  float32,
  nodeRuntime,
  type Tensor,
  type Tensors,
} from "../../graph/index.ts";
import { graphOf, openFed } from "../testing/fed-network.ts";
import { exchange, keepWeights } from "../testing/kept-weights.ts";
import { seededVit } from "../testing/seeded-vit.ts";
import { drawn } from "../testing/seeded-weights.ts";
import type { Weights } from "../weights/weights.ts";
import { DINOV2, dinov2 } from "./vit.ts";

interface Golden {
  readonly network: { readonly width: number; heads: number; depth: number; patch: number };
  readonly side: number;
  /** Of each tap, the values 0, every, 2 every, ... as base64 of little-endian float32. */
  readonly every: number;
  readonly cases: Readonly<Record<string, Case>>;
  /** Of each network, the parameters up to each block. */
  readonly parameters: Readonly<Record<string, number[]>>;
}

interface Case {
  readonly image: readonly number[];
  readonly taps: readonly { shape: number[]; values: string }[];
}

const golden: Golden = JSON.parse(await readFile(new URL("vit.golden.json", import.meta.url), "utf8"));
const narrow = dinov2({ name: "narrow", defaultTaps: [], ...golden.network });
const weights = keepWeights(narrow, seededVit(golden.side, golden.network.width));
const imageOf = ({ image }: Case) => float32(drawn("image", image, -2, 2), image);

test.each(Object.entries(golden.cases))("a narrow network gives timm's values: %s", async (_name, one) => {
  const session = await nodeRuntime({ threads: 1 }).open(encodeModel(graphOf(narrow, weights, one.image)));
  const found = await session.run({ image: imageOf(one) });
  await session.close();
  expect(narrow.taps.map((tap) => found[tap]!.dims)).toEqual(one.taps.map(({ shape }) => shape));
  expect(error(one, found)).toBeLessThan(1e-5);
});

test("it gives others once any two tensors of one shape have changed places", async () => {
  const one = golden.cases["fewer and more"]!;
  const network = await openFed(narrow, weights, imageOf(one));
  expect(error(one, await network.run(weights))).toBeLessThan(1e-5);
  const unnoticed: string[] = [];
  const names = [...weights.shapes.keys()];
  for (const [i, a] of names.entries()) {
    for (const b of names.slice(i + 1)) {
      if (`${weights.shape(a)}` !== `${weights.shape(b)}`) continue;
      if (error(one, await network.run(exchange(weights, a, b))) < 1e-2) unnoticed.push(`${a} and ${b}`);
    }
  }
  await network.close();
  expect(unnoticed).toEqual([]);
});

test.each(DINOV2)("$name has timm's parameters, whichever block is the last", (network) => {
  // The tensors of the largest would take a third of a gigabyte.
  const shared = new Float32Array(2 ** 22);
  const placeholders: Weights = {
    shape: () => undefined,
    tensor: (_name, shape) => shared.subarray(0, elementCount(shape)),
  };
  for (const block of [0, 8, 11]) {
    const { parameters } = network.load(placeholders, [`blocks.${block}`]);
    expect(parameters).toBe(golden.parameters[network.name]![block]);
  }
});

function error(one: Case, found: Tensors): number {
  return Math.max(...narrow.taps.map((tap, i) => distance(one.taps[i]!.values, found[tap]!)));
}

/** The largest difference in proportion to the root mean square of the expected values. */
function distance(expected: string, { data }: Tensor): number {
  const values = new Float32Array(new Uint8Array(Buffer.from(expected, "base64")).buffer);
  const largest = values.reduce(
    (largest, value, i) => Math.max(largest, Math.abs(value - (data[i * golden.every] as number))),
    0,
  );
  return largest / Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
