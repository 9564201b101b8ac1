import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  add,
  cast,
  conv2d,
  encodeModel,
  float32,
  Graph,
  leakyRelu,
  matmul,
  maxPool,
  nodeRuntime,
  onnx,
  relu,
  reshape,
  transpose,
  type Value,
} from "../graph/index.ts";
import { Random } from "../random.ts";
import { halfModel } from "./half-model.ts";
import { integerModel } from "./integer-model.ts";
import { Network } from "./network.ts";

const runtime = nodeRuntime({ threads: 1 });
const SIDE = 12;

function weight(g: Graph, dims: readonly number[], name?: string): Value {
  const count = dims.reduce((product, dim) => product * dim, 1);
  const fan = count / dims[0]!;
  const data = new Random(5, ...dims).fillNormal(new Float32Array(count), 1 / Math.sqrt(fan));
  return g.constant(float32(data, dims), name);
}

/** Four convolutions, a residual block, a depthwise layer whose result leaves the backbone, and a head of two products: every case of the plan. */
function network(): Uint8Array {
  const g = new Graph();
  const image = g.input("image", "uint8", [SIDE, SIDE, 3]);
  const pixels = reshape(transpose(cast(image, "float32"), [2, 0, 1]), [1, 3, SIDE, SIDE]);
  const bias = (count: number) => weight(g, [count]);
  let early = maxPool(relu(conv2d(pixels, weight(g, [16, 3, 3, 3]), bias(16), { padding: 1 })), 2, {
    stride: 2,
  });
  for (let i = 0; i < 3; i++) early = relu(conv2d(early, weight(g, [16, 16, 1, 1]), bias(16)));
  const inner = relu(conv2d(early, weight(g, [24, 16, 1, 1]), bias(24)));
  const outer = conv2d(inner, weight(g, [16, 24, 3, 3]), bias(16), { padding: 1 });
  const block = relu(add(outer, early));
  const tap = conv2d(
    relu(conv2d(block, weight(g, [16, 1, 3, 3]), undefined, { padding: 1, groups: 16 })),
    weight(g, [8, 16, 1, 1]),
  );
  const rows = reshape(transpose(tap, [0, 2, 3, 1]), [36, 8]);
  const hidden = leakyRelu(matmul(rows, weight(g, [8, 32], "discriminator.0.weight")), 0.2);
  g.output("tap", tap);
  g.output("score", matmul(hidden, weight(g, [32, 1], "discriminator.1.weight")));
  return encodeModel(g, { metadata: { kept: "yes" } });
}

async function* images(seed = 0) {
  for (let i = 0; i < 4; i++) {
    const random = new Random(seed, i);
    yield {
      width: SIDE,
      height: SIDE,
      data: Uint8Array.from({ length: SIDE * SIDE * 3 }, () => 255 * random.uniform()),
    };
  }
}

async function outputsOf(model: Uint8Array) {
  const session = await runtime.open(model);
  const results = [];
  for await (const { data } of images(1)) {
    results.push(await session.run({ image: { dtype: "uint8", dims: [SIDE, SIDE, 3], data } }));
  }
  await session.close();
  return results;
}

/** Root mean square of the difference over that of the values. */
async function relativeError(before: Uint8Array, after: Uint8Array, output: string): Promise<number> {
  const [a, b] = [await outputsOf(before), await outputsOf(after)];
  let [difference, square] = [0, 0];
  for (const [i, results] of a.entries()) {
    const other = b[i]![output]!.data as Float32Array;
    for (const [k, value] of (results[output]!.data as Float32Array).entries()) {
      difference += (value - other[k]!) ** 2;
      square += value ** 2;
    }
  }
  return Math.sqrt(difference / square);
}

describe("a model in integers", () => {
  const original = network();
  const reduced = async () =>
    onnx.ModelProto.encode((await integerModel(new Network(original), images(), runtime))!).finish();

  test("gives nearly the same results, and is the same every time", async () => {
    const bytes = await reduced();
    for (const output of ["tap", "score"]) {
      const error = await relativeError(original, bytes, output);
      expect(error).toBeGreaterThan(0);
      expect(error).toBeLessThan(0.05);
    }
    expect(await reduced()).toEqual(bytes);
  });

  test("keeps in floats the first convolutions, what leaves the backbone, and the score", async () => {
    const { graph, metadataProps } = onnx.ModelProto.decode(await reduced());
    expect(metadataProps).toMatchObject([{ key: "kept", value: "yes" }]);
    const { FLOAT, INT8 } = onnx.TensorProto.DataType;
    const stored = (type: number) =>
      graph!.initializer!.filter(({ dataType, dims }) => dataType === type && dims!.length > 1);
    const dims = (type: number) => stored(type).map((tensor) => tensor.dims!.map(Number));
    expect(dims(FLOAT)).toEqual(
      expect.arrayContaining([
        [16, 3, 3, 3],
        [8, 16, 1, 1],
        [32, 1],
      ]),
    );
    expect(dims(INT8)).toEqual([
      [24, 16, 1, 1],
      [16, 24, 3, 3],
      [16, 1, 3, 3],
      [8, 32],
    ]);
  });

  test("is computed in integers by the runtime", async () => {
    process.env.ORT_DISABLE_TELEMETRY ??= "1";
    const { InferenceSession } = await import("onnxruntime-node");
    const folder = await mkdtemp(join(tmpdir(), "rsad-integers-"));
    const optimizedModelFilePath = join(folder, "optimised.onnx");
    const session = await InferenceSession.create(await reduced(), {
      graphOptimizationLevel: "extended",
      optimizedModelFilePath,
      logSeverityLevel: 4,
    });
    await session.release();
    const { graph } = onnx.ModelProto.decode(await readFile(optimizedModelFilePath));
    await rm(folder, { recursive: true });
    const count = (type: string) => graph!.node!.filter(({ opType }) => opType === type).length;
    expect([count("QLinearConv"), count("Conv") + count("FusedConv")]).toEqual([3, 5]);
    expect([count("MatMulIntegerToFloat"), count("MatMul")]).toEqual([1, 1]);
    expect(count("QLinearAdd")).toBe(1);
  });

  test("there is none of a network without anything to round", async () => {
    const g = new Graph();
    const image = g.input("image", "uint8", [2, 2, 3]);
    g.output("score", image);
    expect(await integerModel(new Network(encodeModel(g)), images(), runtime)).toBeUndefined();
  });
});

describe("a model in half precision", () => {
  test("is the original with rounded weights, computed in floats; small and huge tensors stay", async () => {
    const g = new Graph();
    const image = g.input("image", "uint8", [SIDE, SIDE, 3]);
    const values = Float32Array.from({ length: 432 }, (_, i) => 0.1 + i / 7);
    const huge = values.map((value) => value * 1e4);
    const x = cast(image, "float32");
    const dims = [SIDE, SIDE, 3];
    g.output("sum", add(x, g.constant(float32(values, dims), "weights")));
    g.output("huge", add(x, g.constant(float32(huge, dims), "huge weights")));
    g.output("small", add(x, g.constant(float32([0.1, 0.2, 0.3], [3]), "small weights")));
    const bytes = encodeModel(g);
    const half = onnx.ModelProto.encode(await halfModel(new Network(bytes), runtime)).finish();
    expect(half.length).toBeLessThan(bytes.length - 2 * 300);
    expect(await relativeError(bytes, half, "huge")).toBe(0);
    expect(await relativeError(bytes, half, "small")).toBe(0);
    const error = await relativeError(bytes, half, "sum");
    expect(error).toBeGreaterThan(0);
    expect(error).toBeLessThan(2 ** -11);
  });
});
