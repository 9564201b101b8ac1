import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RsadError } from "../../errors.ts";
import { encodeModel, float32, Graph, nodeRuntime, onnx } from "../../graph/index.ts";
import { cellGrid } from "../../pixels/index.ts";
import type { OnnxBackboneSpec } from "../spec.ts";
import { floats, image, type Model, tinyModel } from "../testing/tiny-onnx.ts";
import { openOnnx } from "./open-onnx.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-onnx-"));
});
afterAll(() => rm(folder, { recursive: true }));

let count = 0;
async function open(bytes: Uint8Array, change: Partial<OnnxBackboneSpec> = {}, size = 8) {
  const file = join(folder, `model${count++}.onnx`);
  await writeFile(file, bytes);
  const normalisation = { channels: "bgr", scale: 0.5, mean: [1, 2, 3], std: [1, 2, 4] } as const;
  return openOnnx({ kind: "onnx", file, taps: ["second", "first"], normalisation, ...change }, size);
}

test("cuts, embeds and normalises", async () => {
  const backbone = await open(tinyModel(), { name: "tiny", licence: "MIT" });
  // The convolution's 12 weights and the 1 that is added; what lies behind the taps does not count.
  expect(backbone).toMatchObject({ name: "tiny", licence: "MIT", size: 8, parameters: 13 });
  const grid = cellGrid(4, 4);
  expect(backbone.taps).toEqual([
    { name: "second", channels: 4, height: 4, width: 4, grid },
    { name: "first", channels: 4, height: 4, width: 4, grid },
  ]);

  // Two copies in one graph: every inner name has to be made unique.
  const graph = new Graph();
  const pixels = graph.input("pixels", "float32", ["n", 3, 8, 8]);
  const [second] = backbone.build(pixels);
  const [, first] = backbone.build(pixels);
  graph.output("second", second!);
  graph.output("first", first!);
  const bytes = encodeModel(graph);
  const { node, initializer } = onnx.ModelProto.decode(bytes).graph!;
  expect(node!.filter(({ opType }) => opType === "Conv")).toHaveLength(2);
  expect(initializer!.some(({ name }) => name?.includes("unused"))).toBe(false);

  const session = await nodeRuntime({ threads: 1 }).open(bytes);
  const planes = [10, 20, 30].flatMap((value) => Array<number>(64).fill(value));
  const result = await session.run({ pixels: float32(planes, [1, 3, 8, 8]) });
  await session.close();
  // B, G, R = 30, 20, 10, times 0.5, minus (1, 2, 3), over (1, 2, 4).
  const expected = [14, 4, 0.5, 18.5];
  for (const [c, value] of expected.entries()) {
    expect(result.first!.data[16 * c]).toBeCloseTo(value, 5);
    expect(result.second!.data[16 * c]).toBeCloseTo(value + 1, 5);
  }
});

const { FLOAT16 } = onnx.TensorProto.DataType;
const input = (model: Model, ...given: Parameters<typeof image> | []) => {
  model.graph.input = given.length === 0 ? [] : [image(...given)];
};
test.each<[string, (model: Model) => unknown, Partial<OnnxBackboneSpec>?]>([
  ["an input that is no image", (model) => input(model, "image", ["N", 12])],
  ["an image with channels last", (model) => input(model, "image", ["N", "H", "W", 3])],
  ["a grey image", (model) => input(model, "image", ["N", 1, "H", "W"])],
  ["an input of another type", (model) => input(model, "image", ["N", 3, "H", "W"], FLOAT16)],
  ["an input without a type", ({ graph }) => Object.assign(graph, { input: [{ name: "image" }] })],
  ["two inputs", () => {}, { taps: ["behind"] }],
  ["no input", (model) => input(model)],
  ["no operators' version", ({ opsetImport }) => opsetImport.pop()],
  ["a version from the future", ({ opsetImport }) => Object.assign(opsetImport[0]!, { version: 9000 })],
  ["operators of somebody else", ({ graph }) => Object.assign(graph.node[0]!, { domain: "com.example" })],
  ["an unknown operator", ({ graph }) => Object.assign(graph.node[0]!, { opType: "Convolve" })],
  ["weights that do not fit", ({ graph }) => Object.assign(graph.initializer[0]!, { floatData: [1] })],
  ["no weights", ({ graph }) => graph.initializer.splice(0, 1)],
  ["weights in another file", ({ graph }) => Object.assign(graph.initializer[0]!, { dataLocation: 1 })],
  ["a circle", ({ graph }) => graph.node[1]!.input!.push("second")],
  ["an inner graph", ({ graph }) => graph.node[0]!.attribute!.push({ name: "then", g: {} })],
  [
    "a tap that is no feature map",
    ({ graph }) => Object.assign(graph.node[2]!, { opType: "Shape", input: ["c"] }),
  ],
  ["a tap that is an input", () => {}, { taps: ["image"] }],
])("refuses %s", async (_, change, spec) => {
  await expect(open(tinyModel(change), spec)).rejects.toMatchObject({ code: "RSAD_BACKBONE_INVALID" });
});

test("names the tensors there are where a tap is not", async () => {
  await expect(open(tinyModel(), { taps: ["third"] })).rejects.toMatchObject({
    code: "RSAD_BACKBONE_INVALID",
    received: "third",
    hint: expect.stringMatching(/second, behind\. .*c, first, second, behind/),
  });
});

test("refuses operators whose meaning has changed since the file's version", async () => {
  // Up to version 12, Softmax over axis 1 ran over all of [C, h, w]; since 13, over C alone.
  const softmax = (opset: number) =>
    tinyModel((model) => {
      model.opsetImport = [{ domain: "", version: opset }];
      const axis = { name: "axis", type: onnx.AttributeProto.AttributeType.INT, i: 1 };
      model.graph.node[2] = { opType: "Softmax", input: ["first"], output: ["second"], attribute: [axis] };
    });
  expect((await open(softmax(13))).taps).toHaveLength(2);
  await expect(open(softmax(12))).rejects.toMatchObject({ code: "RSAD_BACKBONE_INVALID" });
});

test("takes an input whose dimensions are not stated", async () => {
  const open4 = tinyModel((model) => input(model, "image", ["N", "C", "H", "W"]));
  expect((await open(open4)).taps).toHaveLength(2);
});

test("refuses a network that is made for another size", async () => {
  const fixed = tinyModel(({ graph }) => {
    graph.node[2]!.input = ["first", "bias"];
    graph.initializer.push(floats("bias", [1, 4, 4, 4], Array<number>(64).fill(1)));
  });
  expect((await open(fixed, {}, 8)).taps).toHaveLength(2);
  await expect(open(fixed, {}, 12)).rejects.toMatchObject({ code: "RSAD_BACKBONE_INVALID" });
});

test("refuses no file, a folder, an empty file and a file of another kind", async () => {
  await expect(open(tinyModel(), { file: join(folder, "none") })).rejects.toMatchObject({
    code: "RSAD_BACKBONE_MISSING",
  });
  await expect(open(tinyModel(), { file: folder })).rejects.toMatchObject({ code: "RSAD_BACKBONE_INVALID" });
  await expect(open(new Uint8Array())).rejects.toMatchObject({ code: "RSAD_BACKBONE_INVALID" });
  const text = new TextEncoder().encode("<!doctype html><title>404</title>");
  await expect(open(text)).rejects.toMatchObject({ code: "RSAD_BACKBONE_INVALID" });
});

test("answers damaged files with an RsadError or a backbone, nothing else", async () => {
  const bytes = tinyModel();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 }),
      fc.option(fc.nat(bytes.length), { freq: 4 }),
      async (changes, length) => {
        const damaged = bytes.slice(0, length ?? bytes.length);
        for (const [position, value] of changes) damaged[position] = value;
        await open(damaged).catch((error: unknown) => expect(error).toBeInstanceOf(RsadError));
      },
    ),
    { numRuns: 150 },
  );
});
