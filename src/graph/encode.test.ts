import { expect, test } from "vitest";
import { add, encodeModel, Float, float32, Graph, layerNorm, mul, OPSET, onnx, smallest } from "./index.ts";

function decode(graph: Graph, metadata?: Record<string, string>) {
  return onnx.ModelProto.decode(encodeModel(graph, metadata && { metadata }));
}

test("a graph becomes an ONNX model with its inputs, outputs, types and metadata", () => {
  const graph = new Graph("small");
  const x = graph.input("x", "float32", ["n", 3]);
  graph.output("y", add(x, 1));
  const model = decode(graph, { method: "rsad", note: "größer als 0 – ✓" });
  expect(Number(model.opsetImport[0]!.version)).toBe(OPSET);
  expect(model.graph!.name).toBe("small");
  const [input] = model.graph!.input!;
  const dims = input!.type!.tensorType!.shape!.dim!;
  expect(input).toMatchObject({ name: "x", type: { tensorType: { elemType: 1 } } });
  expect([dims[0]!.dimParam, Number(dims[1]!.dimValue)]).toEqual(["n", 3]);
  expect(model.graph!.output!.map(({ name }) => name)).toEqual(["y"]);
  expect(model.graph!.node!.map(({ opType }) => opType)).toEqual(["Add", "Identity"]);
  expect(model.metadataProps.map(({ key, value }) => [key, value])).toEqual([
    ["method", "rsad"],
    ["note", "größer als 0 – ✓"],
  ]);
});

test("nodes and constants that no output needs are left out", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", [2]);
  mul(x, 5);
  graph.output("y", add(x, 7));
  const { node, initializer } = decode(graph).graph!;
  expect(node!.map(({ opType }) => opType)).toEqual(["Add", "Identity"]);
  expect(initializer).toHaveLength(1);
});

test("outputs that nothing reads are dropped from a node", () => {
  const graph = new Graph();
  const vector = graph.input("vector", "float32", [4]);
  graph.output("y", layerNorm(graph.input("x", "float32", [2, 4]), vector, vector));
  expect(decode(graph).graph!.node![0]!.output).toHaveLength(1);
});

test("outputs of an operator that must have all of them are kept", () => {
  const graph = new Graph();
  graph.output("y", smallest(graph.input("x", "float32", [2, 4]), 2).values);
  expect(decode(graph).graph!.node![0]!.output).toHaveLength(2);
});

test("every kind of attribute, and an optional input left out in the middle", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", [2]);
  const attributes = { whole: -3, list: [-1, 2], text: "linear", real: new Float(0.5) };
  const output = { dtype: "float32", shape: [2] } as const;
  graph.output("y", graph.apply({ operator: "Any", inputs: [x, undefined, x], attributes, output }));
  const node = decode(graph).graph!.node![0]!;
  expect(node.input).toEqual(["x", "", "x"]);
  const found = Object.fromEntries(node.attribute!.map((one) => [one.name, one]));
  expect(Number(found.whole!.i)).toBe(-3);
  expect(found.list!.ints!.map(Number)).toEqual([-1, 2]);
  expect(new TextDecoder().decode(found.text!.s!)).toBe("linear");
  expect(found.real!.f).toBe(0.5);
});

test("a constant that is a view into a larger buffer is written alone", () => {
  const graph = new Graph();
  const view = new Float32Array([1, 2, 3, 4]).subarray(1, 3);
  graph.output("y", graph.constant(float32(view, [2])));
  const raw = decode(graph).graph!.initializer![0]!.rawData!;
  expect([...new Float32Array(Uint8Array.from(raw).buffer)]).toEqual([2, 3]);
});

test("the same graph gives the same bytes", () => {
  const build = () => {
    const graph = new Graph();
    graph.output("y", add(mul(graph.input("x", "float32", ["n"]), 2), 3));
    return encodeModel(graph, { metadata: { a: "b" } });
  };
  expect(build()).toEqual(build());
});
