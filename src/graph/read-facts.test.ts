import { expect, test } from "vitest";
import { encodeModel, Graph, type Onnx, onnx, readModelFacts } from "./index.ts";

test("metadata and names of inputs come back as they were", () => {
  const graph = new Graph();
  graph.input("x", "float32", [1]);
  graph.output("y", graph.scalar(1));
  const metadata = { a: "1", b: '{"c": [1, 2]}', empty: "" };
  expect(readModelFacts(encodeModel(graph, { metadata }))).toEqual({
    metadata,
    selfContained: true,
    inputs: ["x"],
  });
  expect(readModelFacts(encodeModel(graph)).metadata).toEqual({});
});

const outside: Onnx.ITensorProto = {
  dims: [2],
  dataType: 1,
  dataLocation: onnx.TensorProto.DataLocation.EXTERNAL,
  externalData: [{ key: "location", value: "secret.bin" }],
};
const attribute = [{ name: "value", type: onnx.AttributeProto.AttributeType.TENSOR, t: outside }];

test.each<[string, Onnx.IModelProto]>([
  ["an initialiser", { graph: { initializer: [{ name: "kept", floatData: [1] }, outside] } }],
  ["a sparse initialiser", { graph: { sparseInitializer: [{ values: outside }] } }],
  ["a node's attribute", { graph: { node: [{ attribute }] } }],
  ["an inner graph", { graph: { node: [{ attribute: [{ g: { initializer: [outside] } }] }] } }],
  ["a function", { functions: [{ node: [{ attribute }] }] }],
  ["a location alone", { graph: { initializer: [{ ...outside, externalData: [] }] } }],
])("%s that lies in another file is seen", (_where, model) => {
  expect(readModelFacts(onnx.ModelProto.encode(model).finish()).selfContained).toBe(false);
});
