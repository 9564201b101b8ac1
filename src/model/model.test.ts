import { expect, test } from "vitest";
import {
  cast,
  div,
  Graph,
  mul,
  nodeRuntime,
  onnx,
  type Runtime,
  reduceMax,
  reduceMean,
  reshape,
  type Value,
} from "../graph/index.ts";
import { imageInput } from "../pixels/index.ts";
import { recipe } from "../recipes/index.ts";
import { encodeModelFile, Model, type ModelMetadata } from "./index.ts";

const metadata: ModelMetadata = {
  format: 3,
  createdWith: "0.0.0",
  backbone: { name: "b", sha256: "0", licence: "l", source: "s", taps: ["t"] },
  recipe: recipe("noise"),
  seed: 3,
  steps: 7,
  data: { name: "d", count: 9, sha256: "1", trained: 8, heldOut: 1 },
};
const image = { width: 3, height: 2, data: Uint8Array.from({ length: 18 }, (_, i) => 10 * i) };
const invalid = (told: RegExp) => ({ code: "RSAD_MODEL_INVALID", message: expect.stringMatching(told) });

/** A model whose map is the mean over the colours, its score the maximum; `change` may replace either. */
function model(
  change: (outputs: { map: Value; score: Value }) => { map?: Value; score?: Value } = () => ({}),
): Uint8Array {
  const graph = new Graph();
  const map = reduceMean(cast(imageInput(graph), "float32"), [2], false);
  const score = reduceMax(map, undefined, false);
  const outputs = { map, score, ...change({ map, score }) };
  graph.output("anomaly_map", outputs.map);
  graph.output("score", outputs.score);
  return encodeModelFile(graph, metadata);
}

async function scored(bytes: Uint8Array) {
  const opened = await Model.load(bytes, nodeRuntime({ threads: 1 }), "m.onnx");
  try {
    return await opened.score(image);
  } finally {
    await opened.close();
  }
}

test("gives the graph's score, and its map in the image's frame", async () => {
  const { score, map, seconds } = await scored(model());
  expect(score).toBe(160);
  expect(map).toEqual({ width: 3, height: 2, data: Float32Array.of(10, 40, 70, 100, 130, 160) });
  expect(seconds).toBeGreaterThan(0);
});

test("several sessions score several images at a time, each as one session does", async () => {
  const opened = await Model.load(model(), nodeRuntime({ threads: 1 }), "m.onnx", { sessions: 3 });
  const images = Array.from({ length: 7 }, (_, i) => ({ ...image, data: image.data.map((v) => v + i) }));
  const results = await Promise.all(images.map((one) => opened.score(one)));
  await opened.close();
  expect(results.map(({ score }) => score)).toEqual([160, 161, 162, 163, 164, 165, 166]);
  for (const sessions of [0, 1.5, Number.NaN]) {
    await expect(Model.load(model(), nodeRuntime(), "m.onnx", { sessions })).rejects.toMatchObject({
      code: "RSAD_ARGUMENT_INVALID",
      subject: "sessions",
    });
  }
});

test.each([0, Number.POSITIVE_INFINITY])(
  "a score of NaN or infinity is an error, not a verdict",
  async (factor) => {
    const broken = model(({ score }) => ({
      score: factor === 0 ? div(mul(score, 0), 0) : mul(score, factor),
    }));
    await expect(scored(broken)).rejects.toMatchObject(invalid(/a finite score for m\.onnx/));
  },
);

test("a map that is not as large as the image, or not of floats, is an error", async () => {
  const row = model(({ map }) => ({ map: reshape(map, [6, 1]) }));
  await expect(scored(row)).rejects.toMatchObject(invalid(/\[2, 3\].*received float32 \[6, 1\]/));
  const whole = model(({ map }) => ({ map: cast(map, "int32") }));
  await expect(scored(whole)).rejects.toMatchObject(invalid(/received int32 \[2, 3\]/));
});

test("a file that would have the runtime read another one never reaches it", async () => {
  const decoded = onnx.ModelProto.decode(model());
  decoded.graph!.initializer!.push({
    name: "w",
    dims: [1],
    dataType: 1,
    dataLocation: onnx.TensorProto.DataLocation.EXTERNAL,
    externalData: [{ key: "location", value: "secret.bin" }],
  });
  const runtime: Runtime = { open: () => Promise.reject(new Error("opened")) };
  const load = Model.load(onnx.ModelProto.encode(decoded).finish(), runtime, "m.onnx");
  await expect(load).rejects.toMatchObject(invalid(/a model in one file/));
});
