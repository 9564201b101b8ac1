import fc from "fast-check";
import { expect, test } from "vitest";
import { add, div, Graph, mul, neg, type Operand, square, sub, type Tensor, type Value } from "../index.ts";
import { broadcastingPair, dims, SESSIONS, seed, tensor } from "../testing/arbitrary.ts";
import { checkGradient, type GradientCase } from "../testing/check-gradient.ts";
import { broadcastMap } from "../testing/reference.ts";

const binaries: [string, (a: Operand, b: Operand) => Value, (a: number, b: number) => number][] = [
  ["add", add, (a, b) => a + b],
  ["sub", sub, (a, b) => a - b],
  ["mul", mul, (a, b) => a * b],
  ["div", div, (a, b) => a / b],
];

/** Values that may be divided by. */
const divisor = { low: 0.5, high: 2 };

function binaryCases(a: Tensor, b: Tensor): GradientCase[] {
  return binaries.map(([name, operator, plain]) => ({
    name,
    inputs: { a, b },
    operation: ({ a, b }) => operator(a!, b!),
    forward: broadcastMap(plain, a, b),
  }));
}

test("both sides broadcast, in every form", async () => {
  await fc.assert(
    fc.asyncProperty(broadcastingPair(), seed, async ([left, right], seed) => {
      await checkGradient(binaryCases(tensor(left, seed), tensor(right, seed + 1, divisor)));
    }),
    SESSIONS,
  );
});

test.each([
  ["a scalar", [], [2, 3]],
  ["a row", [3], [2, 3]],
  ["a column", [2, 1], [2, 3]],
  ["row against column", [1, 3], [2, 1]],
  ["a missing axis and a single one", [3, 1], [2, 1, 4]],
  ["nothing", [2, 3], [2, 3]],
])("broadcasts %s", async (_name, left, right) => {
  await checkGradient([
    ...binaryCases(tensor(left, 1), tensor(right, 2, divisor)),
    ...binaryCases(tensor(right, 3), tensor(left, 4, divisor)),
  ]);
});

test("a number on either side, one input, and an input used twice", async () => {
  await fc.assert(
    fc.asyncProperty(dims(), seed, async (shape, seed) => {
      const x = tensor(shape, seed, divisor);
      const cases: [string, (x: Value) => Value, (x: number) => number][] = [
        ["number + x", (x) => add(3, x), (x) => 3 + x],
        ["x - number", (x) => sub(x, 3), (x) => x - 3],
        ["number * x", (x) => mul(3, x), (x) => 3 * x],
        ["x / number", (x) => div(x, 3), (x) => x / 3],
        ["number / x", (x) => div(3, x), (x) => 3 / x],
        ["neg", neg, (x) => -x],
        ["square", square, (x) => x * x],
        ["x + x", (x) => add(x, x), (x) => 2 * x],
        ["x / x²", (x) => div(x, square(x)), (x) => 1 / x],
      ];
      await checkGradient(
        cases.map(([name, operation, plain]) => ({
          name,
          inputs: { x },
          operation: ({ x }) => operation(x!),
          forward: Array.from(x.data as Float32Array, plain),
        })),
      );
    }),
    SESSIONS,
  );
});

test.each(binaries)("%s refuses shapes that do not broadcast", (_name, operator) => {
  const graph = new Graph();
  const a = graph.input("a", "float32", [2, 3]);
  const b = graph.input("b", "float32", [2]);
  expect(() => operator(a, b)).toThrow(expect.objectContaining({ code: "RSAD_GRAPH_INVALID" }));
});

test.each(binaries)("%s refuses mixed element types and a graph of numbers only", (_name, operator) => {
  const graph = new Graph();
  const a = graph.input("a", "float32", [2]);
  const b = graph.input("b", "int64", [2]);
  expect(() => operator(a, b)).toThrow(expect.objectContaining({ code: "RSAD_GRAPH_INVALID" }));
  expect(() => operator(1, 2)).toThrow(expect.objectContaining({ code: "RSAD_GRAPH_INVALID" }));
});
