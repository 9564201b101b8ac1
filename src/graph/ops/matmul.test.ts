import fc from "fast-check";
import { expect, test } from "vitest";
import { Graph, matmul } from "../index.ts";
import { dims, SESSIONS, seed, tensor } from "../testing/arbitrary.ts";
import { checkGradient } from "../testing/check-gradient.ts";
import { element, indices } from "../testing/reference.ts";

test("values and gradients of [..., m, k] x [..., k, n]", async () => {
  const size = fc.integer({ min: 1, max: 7 });
  const leading = dims({ rank: [0, 3], largest: 3 });
  await fc.assert(
    fc.asyncProperty(leading, size, size, size, seed, async (batch, m, k, n, seed) => {
      const a = tensor([...batch, m, k], `a ${seed}`);
      const b = tensor([...batch, k, n], `b ${seed}`);
      const dot = (index: number[]) => {
        const [lead, i, j] = [index.slice(0, -2), index.at(-2)!, index.at(-1)!];
        const terms = Array.from(
          { length: k },
          (_, t) => element(a, [...lead, i, t]) * element(b, [...lead, t, j]),
        );
        return terms.reduce((x, y) => x + y, 0);
      };
      await checkGradient([
        {
          name: `[${a.dims}] x [${b.dims}]`,
          inputs: { a, b },
          operation: ({ a, b }) => matmul(a!, b!),
          forward: Array.from(indices([...batch, m, n]), dot),
        },
      ]);
    }),
    SESSIONS,
  );
});

test("the matrices of one side may be the same for every index of the other's leading axes", async () => {
  const stack = (...dims: number[]) => tensor(dims, `stack ${dims}`);
  const cases = [
    [stack(3, 4), stack(2, 4, 5)],
    [stack(2, 3, 2, 4), stack(4, 5)],
    [stack(1, 2, 3, 4), stack(3, 1, 4, 2)],
  ] as const;
  await checkGradient(
    cases.map(([a, b]) => {
      const [m, k, n] = [a.dims.at(-2)!, a.dims.at(-1)!, b.dims.at(-1)!];
      const rank = Math.max(a.dims.length, b.dims.length) - 2;
      const side = (dims: readonly number[], i: number) => dims.at(i - rank - 2) ?? 1;
      const lead = Array.from({ length: rank }, (_, i) => Math.max(side(a.dims, i), side(b.dims, i)));
      const matrix = ({ dims }: typeof a, index: readonly number[]) =>
        index.slice(rank + 2 - dims.length).map((at, i) => (dims[i] === 1 ? 0 : at));
      return {
        name: `[${a.dims}] x [${b.dims}]`,
        inputs: { a, b },
        operation: ({ a, b }) => matmul(a!, b!),
        forward: Array.from(indices([...lead, m, n]), (index) => {
          const [i, j] = index.slice(-2) as [number, number];
          const before = index.slice(0, -2);
          let sum = 0;
          for (let t = 0; t < k; t++) {
            sum += element(a, matrix(a, [...before, i, t])) * element(b, matrix(b, [...before, t, j]));
          }
          return sum;
        }),
      };
    }),
  );
});

test("the gradient of a matrix times itself has both parts", async () => {
  await checkGradient([
    { name: "square", inputs: { a: tensor([3, 3], "square") }, operation: ({ a }) => matmul(a!, a!) },
  ]);
});

test("keeps a symbolic number of rows, or of products", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", ["rows", 3]);
  expect(matmul(x, graph.input("w", "float32", [3, 2])).shape).toEqual(["rows", 2]);
  const many = graph.input("many", "float32", ["n", 4, 2, 3]);
  expect(matmul(many, graph.input("others", "float32", ["n", 4, 3, 5])).shape).toEqual(["n", 4, 2, 5]);
});

test.each([
  [
    [2, 3],
    [2, 3],
  ],
  [[2, 3], [3]],
  [[3], [3]],
  [
    [2, 2, 3],
    [3, 3, 2],
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
