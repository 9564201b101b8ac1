import { describe, expect, test } from "vitest";
import { Graph } from "../../graph/index.ts";
import { keepWeights } from "../testing/kept-weights.ts";
import { seededWeights } from "../testing/seeded-weights.ts";
import type { Weights } from "../weights/weights.ts";
import { resnet } from "./resnet.ts";

const narrow = resnet({ name: "narrow", block: "bottleneck", depths: [1, 2, 1, 1], channels: 4 });

test("reads what the taps need and nothing else, whatever their order", () => {
  const { shapes } = keepWeights(narrow, seededWeights, ["layer2", "layer1"]);
  const convolutions = ["layer1.0", "layer2.0", "layer2.1"].flatMap((block) =>
    [1, 2, 3].map((i) => [`${block}.conv${i}`, `${block}.bn${i}`]),
  );
  const shortcuts = ["layer1.0", "layer2.0"].map((block) => [
    `${block}.downsample.0`,
    `${block}.downsample.1`,
  ]);
  const expected = [["conv1", "bn1"], ...convolutions, ...shortcuts].flatMap(([conv, norm]) => [
    `${conv}.weight`,
    ...["weight", "bias", "running_mean", "running_var"].map((part) => `${norm}.${part}`),
  ]);
  expect([...shapes.keys()].sort()).toEqual(expected.sort());
  expect(shapes.get("layer2.0.downsample.0.weight")).toEqual([32, 16, 1, 1]);
});

describe("build", () => {
  const image = () => new Graph().input("image", "float32", ["n", 3, 64, 50]);

  test("gives the taps in the order asked for", () => {
    const taps = narrow.load(seededWeights, ["layer3", "layer1"]).build(image());
    expect(taps.map(({ shape }) => shape)).toEqual([
      ["n", 64, 4, 4],
      ["n", 16, 16, 13],
    ]);
  });

  test("can be called for one graph after the other", () => {
    const network = narrow.load(seededWeights, ["layer2"]);
    const [first, second] = [network.build(image()), network.build(image())];
    expect(first[0]!.graph).not.toBe(second[0]!.graph);
  });
});

test("refuses variances below zero by the tensor's name", () => {
  const weights: Weights = {
    shape: seededWeights.shape,
    tensor: (name, shape) =>
      seededWeights.tensor(name, shape).fill(name === "layer1.0.bn2.running_var" ? -1 : 1),
  };
  expect(() => narrow.load(weights, ["layer1"])).toThrow(
    expect.objectContaining({
      code: "RSAD_BACKBONE_INVALID",
      subject: 'tensor "layer1.0.bn2.running_var"',
    }),
  );
});
