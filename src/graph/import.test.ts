import { expect, test } from "vitest";
import {
  add,
  encodeModel,
  float32,
  Graph,
  gradients,
  importPart,
  mul,
  onnx,
  reduceSum,
  relu,
} from "./index.ts";
import { runGraph } from "./testing/run-graph.ts";

/** relu(3x + 1), as a part cut out of another model. */
function part() {
  const other = new Graph("other");
  other.output("y", relu(add(mul(other.input("x", "float32", [2]), 3), 1)));
  const { node, initializer } = onnx.ModelProto.decode(encodeModel(other)).graph!;
  return { nodes: node!, initializers: initializer!, inputs: ["x"], outputs: ["y"] };
}

const type = { dtype: "float32", shape: [2] } as const;

test("a part of another model runs in a graph, as often as it is embedded", async () => {
  const { once, twice } = await runGraph(
    (graph) => {
      // Names that the part uses too.
      const x = graph.input("y", "float32", [2]);
      const [once] = importPart(graph, part(), [mul(x, 10)], [type]);
      const [twice] = importPart(graph, part(), [once!], [type]);
      return { once: once!, twice: add(twice!, 0.5) };
    },
    { y: float32([1, -1], [2]) },
  );
  expect(once.data).toEqual([31, 0]);
  expect(twice.data).toEqual([94.5, 1.5]);
});

test("what no output needs of it is left out, and no gradient goes through it", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", [2]);
  const [y] = importPart(graph, part(), [x], [type]);
  graph.output("x2", mul(x, 2));
  expect(onnx.ModelProto.decode(encodeModel(graph)).graph!.node).toHaveLength(2);
  expect(() => gradients(reduceSum(y!, undefined, false), [x])).toThrow(/Imported/);
});
