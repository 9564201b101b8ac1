import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { weightsOfBytes } from "./read-weights.ts";
import { weightsOf } from "./testing/weights-of.ts";

const names = ["layer1.0.conv1.weight", "layer1.0.conv2.weight", "layer1.0.bn1.weight", "fc.bias"];
const weights = weightsOf(
  Object.fromEntries(names.map((name) => [name, { shape: [2], data: [1, 2] }])),
  "resnet.pth",
);

test("a tensor of the right shape is given, and its shape is known beforehand", () => {
  expect(weights.shape("fc.bias")).toEqual([2]);
  expect([...weights.tensor("fc.bias", [2])]).toEqual([1, 2]);
  expect(weights.shape("fc.weight")).toBeUndefined();
});

function failure(ask: () => unknown): unknown {
  try {
    return ask();
  } catch (error) {
    return error;
  }
}

test("a missing tensor's error names it, the shape, and the names that resemble it", () => {
  const error = failure(() => weights.tensor("layer1.0.conv3.weight", [64, 64, 1, 1]));
  expect(error).toMatchObject({
    code: "RSAD_BACKBONE_INVALID",
    subject: 'tensor "layer1.0.conv3.weight" of resnet.pth',
    expected: "[64, 64, 1, 1]",
    received: expect.stringMatching(
      /^no such tensor; of its 4 tensors, .* "layer1\.0\.conv1\.weight" \[2\], "layer1/,
    ),
    hint: expect.stringContaining("another architecture"),
  });
});

test("where nothing resembles it, the error shows what there is instead", () => {
  expect(failure(() => weights.tensor("blocks.0.attn.qkv.weight", [3]))).toMatchObject({
    received: expect.stringMatching(
      /^no such tensor, nor one like it, but 4 tensors such as "layer1\.0\.conv1/,
    ),
  });
});

test("another shape is told", () => {
  expect(failure(() => weights.tensor("fc.bias", [3]))).toMatchObject({
    code: "RSAD_BACKBONE_INVALID",
    expected: "[3]",
    received: "[2]",
  });
});

test("values that are not finite, and element types that no weights have, are refused when asked for", async () => {
  const file = await readFile(new URL("testing/files/not-finite.pth", import.meta.url));
  const read = await weightsOfBytes(file, "not-finite.pth");
  expect([...read.tensor("good", [2])]).toEqual([1, 1]);
  expect(failure(() => read.tensor("bad", [1, 2]))).toMatchObject({
    code: "RSAD_BACKBONE_INVALID",
    subject: 'tensor "bad" of not-finite.pth',
    received: "NaN as value 1",
  });
  expect(failure(() => read.tensor("count", [2]))).toMatchObject({
    code: "RSAD_BACKBONE_INVALID",
    received: "int64",
  });
});

test("names from a file are shown without what a terminal would obey, and not at any length", () => {
  const hostile = weightsOf({ [`\u001b[2J\u009b31m${"x".repeat(9999)}`]: { shape: [], data: [1] } });
  const error = failure(() => hostile.tensor("y", []));
  expect(error).toHaveProperty("message", expect.stringMatching(/^[\x20-\x7e…]{1,400}$/));
});
