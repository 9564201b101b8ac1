import fc from "fast-check";
import { expect, test } from "vitest";
import { Graph, matmul } from "../index.ts";
import { SESSIONS, seed, tensor } from "../testing/arbitrary.ts";
import { checkGradient } from "../testing/check-gradient.ts";
import { element, indices } from "../testing/reference.ts";

test("values and gradients of [m, k] x [k, n]", async () => {
  const size = fc.integer({ min: 1, max: 7 });
  await fc.assert(
    fc.asyncProperty(size, size, size, seed, async (m, k, n, seed) => {
      const a = tensor([m, k], `a ${seed}`);
      const b = tensor([k, n], `b ${seed}`);
      const dot = ([i, j]: number[]) =>
        Array.from({ length: k }, (_, t) => element(a, [i!, t]) * element(b, [t, j!])).reduce(
          (x, y) => x + y,
          0,
        );
      await checkGradient([
        {
          name: "matmul",
          inputs: { a, b },
          operation: ({ a, b }) => matmul(a!, b!),
          forward: Array.from(indices([m, n]), dot),
        },
      ]);
    }),
    SESSIONS,
  );
});

test("the gradient of a matrix times itself has both parts", async () => {
  await checkGradient([
    { name: "square", inputs: { a: tensor([3, 3], "square") }, operation: ({ a }) => matmul(a!, a!) },
  ]);
});

test("keeps a symbolic number of rows", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", ["rows", 3]);
  expect(matmul(x, graph.input("w", "float32", [3, 2])).shape).toEqual(["rows", 2]);
});

test.each([
  [
    [2, 3],
    [2, 3],
  ],
  [[2, 3], [3]],
  [
    [1, 2, 3],
    [3, 2],
  ],
])("refuses [%s] x [%s]", (left, right) => {
  const graph = new Graph();
  const [a, b] = [graph.input("a", "float32", left), graph.input("b", "float32", right)];
  expect(() => matmul(a, b)).toThrow(expect.objectContaining({ code: "RSAD_GRAPH_INVALID" }));
});

test("refuses mixed element types", () => {
  const graph = new Graph();
  const [a, b] = [graph.input("a", "float32", [2, 2]), graph.input("b", "float16", [2, 2])];
  expect(() => matmul(a, b)).toThrow(expect.objectContaining({ code: "RSAD_GRAPH_INVALID" }));
});
