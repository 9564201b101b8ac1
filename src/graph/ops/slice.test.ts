import fc from "fast-check";
import { expect, test } from "vitest";
import { concat, Graph, gradients, reduceSum, slice } from "../index.ts";
import { dims, SESSIONS, seed, tensor } from "../testing/arbitrary.ts";
import { checkGradient } from "../testing/check-gradient.ts";
import { element, indices } from "../testing/reference.ts";

const invalid = expect.objectContaining({ code: "RSAD_GRAPH_INVALID" });
const shapeAndAxis = dims({ rank: [1, 4] }).chain((shape) =>
  fc.tuple(fc.constant(shape), fc.nat(shape.length - 1)),
);

test("slice", async () => {
  await fc.assert(
    fc.asyncProperty(shapeAndAxis, fc.nat(3), fc.nat(3), seed, async ([shape, axis], first, length, seed) => {
      const size = shape[axis]!;
      const start = first % size;
      const end = start + 1 + (length % (size - start));
      const x = tensor(shape, seed);
      const kept = Array.from(indices(shape)).filter((index) => index[axis]! >= start && index[axis]! < end);
      await checkGradient([
        {
          name: `slice ${start}:${end} of [${shape}] along ${axis}`,
          inputs: { x },
          operation: ({ x }) => slice(x!, axis - shape.length, start, end),
          forward: kept.map((index) => element(x, index)),
        },
      ]);
    }),
    SESSIONS,
  );
});

test("concat, of one to three values", async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(shapeAndAxis, sizes, seed, async ([shape, axis], sizes, seed) => {
      const sized = (size: number) => shape.map((dim, i) => (i === axis ? size : dim));
      const parts = sizes.map((size, i) => tensor(sized(size), `${seed} ${i}`));
      const owner = sizes.flatMap((size, part) => Array.from({ length: size }, (_, at) => ({ part, at })));
      const forward = Array.from(indices(sized(owner.length)), (index) => {
        const { part, at } = owner[index[axis]!]!;
        return element(parts[part]!, index.with(axis, at));
      });
      await checkGradient([
        {
          name: `concat of ${sizes} along ${axis}`,
          inputs: Object.fromEntries(parts.map((part, i) => [`x${i}`, part])),
          operation: (inputs) => concat(Object.values(inputs), axis),
          forward,
        },
      ]);
    }),
    SESSIONS,
  );
});

test("a value joined to itself gets the sum of both gradients", async () => {
  await checkGradient([
    { name: "twice", inputs: { x: tensor([2, 3], "twice") }, operation: ({ x }) => concat([x!, x!], 1) },
  ]);
});

test("a whole range is no node", () => {
  const x = new Graph().input("x", "float32", [2, 3]);
  expect(slice(x, 1, 0, 3)).toBe(x);
});

test("concat keeps symbolic dimensions, but cannot be differentiated along one", () => {
  const graph = new Graph();
  const [a, b] = [graph.input("a", "float32", ["n", 2]), graph.input("b", "float32", ["n", 3])];
  expect(concat([a, b], 1).shape).toEqual(["n", 5]);
  const joined = concat([a, a], 0);
  expect(typeof joined.shape[0]).toBe("string");
  expect(() => gradients(reduceSum(joined, undefined, false), [a])).toThrow(invalid);
});

test("refuses ranges and parts that do not fit", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", [2, 3]);
  expect(() => slice(x, 2, 0, 1)).toThrow(invalid);
  expect(() => slice(x, 1, 0, 4)).toThrow(invalid);
  expect(() => slice(x, 1, -1, 2)).toThrow(invalid);
  expect(() => slice(x, 1, 2, 2)).toThrow(invalid);
  expect(() => slice(x, 1, 0.5, 2)).toThrow(invalid);
  expect(() => slice(graph.input("n", "float32", ["n"]), 0, 0, 1)).toThrow(invalid);
  expect(() => concat([], 0)).toThrow(invalid);
  expect(() => concat([x, graph.input("y", "float32", [3, 3])], 1)).toThrow(invalid);
  expect(() => concat([x, graph.input("z", "float32", [2])], 0)).toThrow(invalid);
  expect(() => concat([x, graph.input("i", "int64", [2, 3])], 0)).toThrow(invalid);
});
