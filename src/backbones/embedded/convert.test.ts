import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { RsadError } from "../../errors.ts";
import { readTflite } from "../tflite/index.ts";
import { readAsset } from "./asset.ts";
import { convert } from "./convert.ts";

const TAP = "FeatureExtractor/MobilenetV2/expanded_conv_1/expand/Relu6";
let asset: Uint8Array;
beforeAll(async () => {
  asset = await readAsset();
});

test("rebuilds what a tap needs and nothing behind it", () => {
  const { layers, taps } = convert(readTflite(asset), [TAP]);
  expect(taps).toEqual([{ name: TAP, value: 4 }]);
  expect(layers.map((layer) => layer.kind === "conv" && layer.weight.dims)).toEqual([
    [32, 3, 3, 3],
    [32, 1, 3, 3],
    [16, 32, 1, 1],
    [96, 16, 1, 1],
  ]);
  expect(layers).toMatchObject([
    { input: 0, stride: 2, groups: 1, relu6: true },
    { input: 1, stride: 1, groups: 32, relu6: true },
    { input: 2, stride: 1, groups: 1, relu6: false },
    { input: 3, stride: 1, groups: 1, relu6: true },
  ]);
});

test("refuses a tap that is not there, and operators it does not know", () => {
  const convertTo = (tap: string) => () => convert(readTflite(asset), [tap]);
  expect(convertTo("expanded_conv_99")).toThrow(expect.objectContaining({ code: "RSAD_BACKBONE_INVALID" }));
  const concatenated = readTflite(asset);
  const last = concatenated.tensors.map((tensor, i) =>
    i === concatenated.outputs[0] ? { ...tensor, name: "last;" } : tensor,
  );
  expect(() => convert({ ...concatenated, tensors: last }, ["last"])).toThrow(
    expect.objectContaining({ code: "RSAD_BACKBONE_INVALID" }),
  );
});

test("answers damaged files with an RsadError or a network, nothing else", () => {
  // Behind the weights: the tensors and operators, where damage can mislead a reader.
  const tables = 60_000;
  const damaged = Uint8Array.from(asset);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(tables - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }),
      fc.option(fc.nat(tables), { freq: 4 }),
      (changes, cut) => {
        damaged.set(asset.subarray(-tables), asset.length - tables);
        for (const [position, value] of changes) damaged[asset.length - tables + position] = value;
        try {
          convert(readTflite(damaged.subarray(0, asset.length - (cut ?? 0))), [TAP]);
        } catch (error) {
          expect(error).toBeInstanceOf(RsadError);
        }
      },
    ),
    { numRuns: 80 },
  );
});
