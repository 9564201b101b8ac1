import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { encodeModel, float32, nodeRuntime, type Tensor, type Tensors } from "../../graph/index.ts";
import { graphOf, openFed } from "../testing/fed-network.ts";
import { exchange, keepWeights, pairsOfOneShape } from "../testing/kept-weights.ts";
import { drawn, seededWeights } from "../testing/seeded-weights.ts";
import type { Weights } from "../weights/weights.ts";
import { RESNET_CONFIGS, RESNETS, resnet } from "./resnet.ts";

interface Golden {
  /** Of the narrow networks whose taps are held. */
  readonly channels: number;
  readonly image: readonly number[];
  /** Of each tap, the values 0, every, 2 every, ... as base64 of little-endian float32. */
  readonly every: number;
  readonly networks: Readonly<
    Record<string, { parameters: number[]; taps: Record<string, { shape: number[]; values: string }> }>
  >;
}

const golden: Golden = JSON.parse(await readFile(new URL("resnet.golden.json", import.meta.url), "utf8"));
const image = float32(drawn("image", golden.image, -2, 2), golden.image);

test("the paper's backbone has 24,862,528 parameters up to layer3", () => {
  const backbone = RESNETS.find(({ name }) => name === "wide_resnet50_2")!;
  expect(backbone.load(placeholders, backbone.defaultTaps).parameters).toBe(24_862_528);
});

describe.each(RESNET_CONFIGS)("$name", (config) => {
  const { parameters, taps } = golden.networks[config.name]!;
  const narrow = resnet({ ...config, channels: golden.channels });
  const error = (found: Tensors) =>
    Math.max(...Object.entries(taps).map(([tap, { values }]) => distance(values, found[tap]!)));

  test("counts its parameters, whichever layer is the last", () => {
    const full = resnet(config);
    expect(full.taps.map((tap) => full.load(placeholders, [tap]).parameters)).toEqual(parameters);
  });

  test("gives its values", async () => {
    const model = encodeModel(graphOf(narrow, seededWeights, golden.image));
    const session = await nodeRuntime({ threads: 1 }).open(model);
    const found = await session.run({ image });
    await session.close();
    for (const [tap, { shape }] of Object.entries(taps)) {
      expect(found[tap]!.dims).toEqual(shape);
      expect(narrow.channelsOf(tap)).toBe(shape[1]);
    }
    expect(error(found)).toBeLessThan(1e-5);
  });

  test("gives others once two tensors of one shape have changed places", async () => {
    const weights = keepWeights(narrow, seededWeights);
    const network = await openFed(narrow, weights, image);
    expect(error(await network.run(weights))).toBeLessThan(1e-5);
    const unnoticed: string[] = [];
    for (const [a, b] of pairsOfOneShape(weights)) {
      const found = await network.run(exchange(weights, a, b));
      if (error(found) < 1e-4) unnoticed.push(`${a} and ${b}`);
    }
    await network.close();
    expect(unnoticed).toEqual([]);
  });
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

/** Kernels share their memory here: those of the largest network would take half a gigabyte. */
const shared = new Float32Array(1024 * 1024 * 9);
const placeholders: Weights = {
  shape: () => undefined,
  tensor(_name, shape) {
    const count = shape.reduce((product, dim) => product * dim, 1);
    return shape.length === 1 ? new Float32Array(count) : shared.subarray(0, count);
  },
};
