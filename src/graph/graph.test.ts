import { describe, expect, test } from "vitest";
import { add, Float, float32, Graph, int64, mul, relu } from "./index.ts";

const invalid = expect.objectContaining({ code: "RSAD_GRAPH_INVALID" });

describe("names", () => {
  test("inputs, named constants and outputs never share one", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [2]);
    expect(() => graph.input("x", "float32", [3])).toThrow(invalid);
    expect(() => graph.constant(float32([1], []), "x")).toThrow(invalid);
    expect(() => graph.output("x", x)).toThrow(invalid);
    graph.output("y", x);
    expect(() => graph.output("y", x)).toThrow(invalid);
    expect(() => graph.input("y", "float32", [2])).toThrow(invalid);
  });

  test("an output may not be called as an inner value is", () => {
    const graph = new Graph();
    const y = relu(graph.input("x", "float32", [2]));
    expect(() => graph.output(y.name, y)).toThrow(invalid);
  });

  test("one value may be several outputs", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [2]);
    graph.output("a", x);
    graph.output("b", x);
    expect([...graph.outputs.keys()]).toEqual(["a", "b"]);
  });
});

describe("constants", () => {
  test("equal small ones are one value; another type, shape or value is another", () => {
    const graph = new Graph();
    const one = graph.constant(float32([1, 2], [2]));
    expect(graph.constant(float32([1, 2], [2]))).toBe(one);
    expect(graph.scalar(0.5)).toBe(graph.scalar(0.5));
    const others = [
      graph.constant(float32([1, 2], [1, 2])),
      graph.constant(float32([1, 3], [2])),
      graph.constant(int64([1, 2])),
      graph.integers([12]),
    ];
    expect(new Set([one, ...others]).size).toBe(5);
  });

  test("minus zero stays itself", () => {
    const graph = new Graph();
    expect(graph.scalar(-0)).not.toBe(graph.scalar(0));
  });

  test("large ones are not compared", () => {
    const graph = new Graph();
    const large = () => graph.constant(float32(new Float32Array(100), [100]));
    expect(large()).not.toBe(large());
  });

  test("data and shape agree", () => {
    expect(() => new Graph().constant(float32([1, 2, 3], [2]))).toThrow(invalid);
  });
});

describe("nodes", () => {
  test("take values of their own graph only", () => {
    const [graph, other] = [new Graph("one"), new Graph("other")];
    const x = graph.input("x", "float32", [2]);
    const foreign = other.input("x", "float32", [2]);
    expect(() => add(x, foreign)).toThrow(/of this graph.*received other/);
    expect(() => graph.output("y", foreign)).toThrow(invalid);
  });

  test("keep their order, their type and their producer", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["n", 2]);
    const y = mul(add(x, 1), x);
    expect(graph.nodes.map((node) => node.operator)).toEqual(["Add", "Mul"]);
    expect(y).toMatchObject({ dtype: "float32", shape: ["n", 2], rank: 2 });
    expect(y.producer).toBe(graph.nodes[1]);
    expect(x.producer).toBeUndefined();
  });

  test("may have several outputs and leave optional inputs out", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [4]);
    const type = { dtype: "float32", shape: [2] } as const;
    const parts = graph.add({ operator: "Any", inputs: [x, undefined], outputs: [type, type] });
    expect(parts).toHaveLength(2);
    expect(parts[0]!.name).not.toBe(parts[1]!.name);
    expect(new Float(1).value).toBe(1);
  });
});
