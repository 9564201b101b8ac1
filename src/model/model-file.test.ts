import { beforeAll, describe, expect, test } from "vitest";
import { tinyRecipe } from "../../test/tiny.ts";
import { encodeModel, float32, Graph, nodeRuntime } from "../graph/index.ts";
import type { ModelMetadata } from "./metadata.ts";
import { MODEL_FORMAT } from "./metadata.ts";
import { Model } from "./model.ts";
import { decodeMetadata, encodeModelFile } from "./model-file.ts";

const metadata: ModelMetadata = {
  format: MODEL_FORMAT,
  createdWith: "0.1.0",
  backbone: { name: "tiny", sha256: "00", licence: "Apache-2.0", source: "a test", taps: ["first"] },
  recipe: tinyRecipe(),
  seed: 3,
  steps: 6,
  data: { name: "Schraube äöü", count: 4, sha256: "11", trained: 4, heldOut: 0 },
};
const threshold = {
  image: 1.5,
  pixel: 1,
  rule: "a rule",
  count: 2,
  scores: [1, 1.25],
  falseReject: { asked: 0.01, promised: 0.5, interval: [0.1, 0.8] },
} as const;

/** Large enough that its weights make up most of the file. */
function graph(): Graph {
  const made = new Graph();
  made.output("score", made.constant(float32(new Float32Array(500), [500])));
  return made;
}

const invalid = (received: RegExp) =>
  expect.objectContaining({
    code: "RSAD_MODEL_INVALID",
    subject: "m.onnx",
    message: expect.stringMatching(received),
  });

describe("metadata", () => {
  test.each([{}, { threshold }])("come back as they were written: %j", (more) => {
    const written = { ...metadata, ...more };
    expect(decodeMetadata(encodeModelFile(graph(), written), "m.onnx")).toEqual(written);
  });

  const withText = (text: string) => encodeModel(graph(), { metadata: { rsad: text } });
  const change = (changed: object) => withText(JSON.stringify({ ...metadata, ...changed }));

  test.each<[string, () => Uint8Array, RegExp]>([
    ["a model of another version", () => change({ format: 9 }), /format 3 .*format 9/],
    ["a model of no version", () => change({ format: undefined }), /format undefined/],
    ["an ONNX file of somebody else", () => encodeModelFile(graph()), /without rsad's metadata/],
    ["metadata that are no JSON", () => withText("{"), /damaged metadata/],
    ["metadata that are null", () => withText("null"), /format undefined/],
    ["incomplete metadata", () => change({ backbone: undefined }), /backbone/],
    [
      "a recipe with a field of another version",
      () => change({ recipe: { ...metadata.recipe, more: 1 } }),
      /recipe/,
    ],
    ["text", () => new TextEncoder().encode("not a model"), /damaged file or one of another kind|metadata/],
    ["nothing", () => new Uint8Array(), /an empty file/],
  ])("refuses %s", (_name, bytes, received) => {
    expect(() => decodeMetadata(bytes(), "m.onnx")).toThrow(invalid(received));
  });

  test("refuses a file that was cut off anywhere", () => {
    const bytes = encodeModelFile(graph(), metadata);
    for (let length = 0; length < bytes.length; length += 13) {
      expect(() => decodeMetadata(bytes.subarray(0, length), "m.onnx"), `${length}`).toThrow(invalid(/./));
    }
  });
});

describe("a model", () => {
  let bytes: Uint8Array;
  beforeAll(() => {
    bytes = encodeModelFile(graph(), metadata);
  });

  test("whose graph does something else is refused", async () => {
    await expect(Model.load(bytes, nodeRuntime({ threads: 1 }), "m.onnx")).rejects.toThrow(
      invalid(/from image to anomaly_map and score/),
    );
  });
});
