import { describe, expect, test } from "vitest";
import { withGradient } from "./gradient.ts";
import {
  add,
  exp,
  float32,
  Graph,
  gradients,
  matmul,
  mul,
  reduceSum,
  relu,
  reshape,
  sigmoid,
  square,
  sub,
} from "./index.ts";
import { tensor } from "./testing/arbitrary.ts";
import { checkGradient } from "./testing/check-gradient.ts";
import { runGraph } from "./testing/run-graph.ts";

const invalid = expect.objectContaining({ code: "RSAD_GRAPH_INVALID" });

test("a network with branches, shared parameters and a residual", async () => {
  await checkGradient([
    {
      name: "network",
      inputs: {
        x: tensor([5, 3], "x"),
        weight: tensor([3, 3], "weight"),
        bias: tensor([3], "bias"),
      },
      operation: ({ x, weight, bias }) => {
        const once = sigmoid(add(matmul(x!, weight!), bias!));
        const twice = sigmoid(add(matmul(once, weight!), bias!));
        return sub(add(mul(once, twice), x!), reduceSum(square(twice), [1]));
      },
    },
  ]);
});

test("the gradient with respect to an inner value stops there", async () => {
  const { dh, dx } = await runGraph(
    (graph) => {
      const x = graph.input("x", "float32", [1]);
      const h = mul(x, 3);
      const [dh, dx] = gradients(reduceSum(square(h), undefined, false), [h, x]);
      return { dh: dh!, dx: dx! };
    },
    { x: float32([2], [1]) },
  );
  expect([dh.data[0], dx.data[0]]).toEqual([12, 36]);
});

test("what a parameter is made of need not be differentiable", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", [2]);
  const features = graph.apply({
    operator: "Opaque",
    inputs: [x],
    output: { dtype: "float32", shape: [2] },
  });
  const loss = reduceSum(square(features), undefined, false);
  expect(gradients(loss, [features])[0]!.shape).toEqual([2]);
  expect(() => gradients(loss, [x])).toThrow(/an operator that can be differentiated.*Opaque/);
});

test("the loss's gradient with respect to itself is one, and a parameter may be asked for twice", async () => {
  const { itself, a, b } = await runGraph(
    (graph) => {
      const x = graph.input("x", "float32", []);
      const loss = exp(x);
      const [itself, a, b] = gradients(loss, [loss, x, x]);
      return { itself: itself!, a: a!, b: b! };
    },
    { x: float32([0], []) },
  );
  expect([itself.data[0], a.data[0], b.data[0]]).toEqual([1, 1, 1]);
});

test("a second derivative is the gradient of a gradient", async () => {
  const { second } = await runGraph(
    (graph) => {
      const x = graph.input("x", "float32", []);
      const [first] = gradients(mul(square(x), x), [x]);
      return { second: gradients(first!, [x])[0]! };
    },
    { x: float32([2], []) },
  );
  expect(second.data[0]).toBe(12);
});

test("nodes beside the path are not differentiated", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", [2]);
  graph.apply({ operator: "Opaque", inputs: [x], output: { dtype: "float32", shape: [2] } });
  expect(gradients(reduceSum(x, undefined, false), [x])).toHaveLength(1);
});

describe("refuses", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", [2]);
  const index = graph.input("index", "int64", []);

  test("a loss that is no float32 scalar", () => {
    expect(() => gradients(relu(x), [x])).toThrow(invalid);
    expect(() => gradients(index, [index])).toThrow(invalid);
  });

  test("a parameter that the loss does not depend on", () => {
    const other = graph.input("other", "float32", [2]);
    const loss = reduceSum(reshape(relu(x), [1, 2]), undefined, false);
    expect(() => gradients(loss, [x, other])).toThrow(/a path to the loss for gradient of other/);
  });
});

test("withGradient replaces what follows from the nodes", async () => {
  const { y, dx, dk } = await runGraph(
    (graph) => {
      const x = graph.input("x", "float32", [1]);
      const k = graph.input("k", "float32", [1]);
      const y = withGradient(exp(mul(x, k)), [x, k], (dy) => [mul(dy, 10), mul(dy, 20)]);
      const [dx, dk] = gradients(reduceSum(mul(y, 2), undefined, false), [x, k]);
      return { y, dx: dx!, dk: dk! };
    },
    { x: float32([0], [1]), k: float32([1], [1]) },
  );
  expect([y.data[0], dx.data[0], dk.data[0]]).toEqual([1, 20, 40]);
});
