import { describe, expect, test } from "vitest";
import { encodeModel, float32, Graph, nodeRuntime } from "../../graph/index.ts";
import { keepWeights } from "../testing/kept-weights.ts";
import { seededVit } from "../testing/seeded-vit.ts";
import { drawn } from "../testing/seeded-weights.ts";
import type { Weights } from "../weights/weights.ts";
import { DINOV2, dinov2 } from "./vit.ts";

const narrow = dinov2({ name: "narrow", width: 8, heads: 2, depth: 4, patch: 4, defaultTaps: ["blocks.1"] });
const seeded = seededVit(3, 8);
const invalid = expect.objectContaining({ code: "RSAD_BACKBONE_INVALID" });

test("the networks have twelve blocks, patches of 14 pixels, and taps of which two are used", () => {
  for (const network of DINOV2) {
    expect(network.taps).toHaveLength(12);
    expect(network.multiple).toBe(14);
    expect(network.taps).toEqual(expect.arrayContaining([...network.defaultTaps]));
  }
});

test("reads what the taps need and nothing else, whatever their order", () => {
  const { shapes } = keepWeights(narrow, seeded, ["blocks.1", "blocks.0"]);
  const layers = ["norm1", "attn.qkv", "attn.proj", "norm2", "mlp.fc1", "mlp.fc2"];
  const block = (name: string) => [
    ...layers.flatMap((layer) => [`${name}.${layer}.weight`, `${name}.${layer}.bias`]),
    `${name}.ls1.gamma`,
    `${name}.ls2.gamma`,
  ];
  const first = ["cls_token", "pos_embed", "patch_embed.proj.weight", "patch_embed.proj.bias"];
  expect([...shapes.keys()].sort()).toEqual([...first, ...block("blocks.0"), ...block("blocks.1")].sort());
});

describe("build", () => {
  const network = narrow.load(seeded, ["blocks.3", "blocks.0"]);

  test("gives the taps in the order asked for, for any number of images", async () => {
    const graph = new Graph();
    const taps = network.build(graph.input("image", "float32", ["n", 3, 8, 16]));
    expect(taps.map(({ shape }) => shape)).toEqual([
      ["n", 8, 2, 4],
      ["n", 8, 2, 4],
    ]);
    for (const [i, tap] of taps.entries()) graph.output(`tap${i}`, tap);
    const alone = new Graph();
    alone.output(
      "tap",
      narrow.load(seeded, ["blocks.0"]).build(alone.input("image", "float32", [1, 3, 8, 16]))[0]!,
    );

    const images = drawn("images", [2, 3, 8, 16], -2, 2);
    const two = await run(graph, images, 2);
    const second = await run(alone, images.slice(images.length / 2), 1);
    expect(two.tap1!.dims).toEqual([2, 8, 2, 4]);
    (second.tap!.data as Float32Array).forEach((value, i) => {
      expect(two.tap1!.data[i + 64]).toBeCloseTo(value, 5);
    });
  });

  test("can be called for one graph after the other", () => {
    const image = () => new Graph().input("image", "float32", ["n", 3, 8, 8]);
    const [first, second] = [network.build(image()), network.build(image())];
    expect(first[0]!.graph).not.toBe(second[0]!.graph);
  });
});

async function run(graph: Graph, images: Float32Array, count: number) {
  const session = await nodeRuntime({ threads: 1 }).open(encodeModel(graph));
  const results = await session.run({ image: float32(images, [count, 3, 8, 16]) });
  await session.close();
  return results;
}

describe("weights of another network", () => {
  const asked = (shape: Weights["shape"]) => {
    const names: string[] = [];
    const tensor: Weights["tensor"] = (name, dims) => {
      names.push(`${name} [${dims}]`);
      return seeded.tensor(name, dims);
    };
    narrow.load({ shape, tensor }, ["blocks.0"]);
    return names;
  };

  test.each([
    [undefined, "pos_embed [1,1370,8]"],
    [[1, 1370, 8], "pos_embed [1,1370,8]"],
    [[1, 10, 8], "pos_embed [1,10,8]"],
    [[1, 9, 8], "pos_embed [1,10,8]"],
    [[1, 1, 8], "pos_embed [1,2,8]"],
    [[1], "pos_embed [1,1370,8]"],
  ])("a position embedding of shape [%s] is asked for as %s", (shape, expected) => {
    expect(asked((name) => (name === "pos_embed" ? shape : undefined))).toContain(expected);
  });

  test.each(["reg_token", "register_tokens"])("are refused if they have %s", (register) => {
    expect(() => asked((name) => (name === register ? [1, 4, 8] : seeded.shape(name)))).toThrow(invalid);
  });
});
