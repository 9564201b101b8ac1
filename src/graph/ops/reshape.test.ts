import fc from "fast-check";
import { expect, test } from "vitest";
import { expand, Graph, reshape, transpose } from "../index.ts";
import { broadcastingPair, dims, SESSIONS, seed, tensor } from "../testing/arbitrary.ts";
import { checkGradient } from "../testing/check-gradient.ts";
import { broadcastDims, broadcastMap, element, indices } from "../testing/reference.ts";
import { runGraph } from "../testing/run-graph.ts";

const invalid = expect.objectContaining({ code: "RSAD_GRAPH_INVALID" });

/** A shape and the same elements under another: its dimensions regrouped, with a 1 put in. */
const regrouped = dims({ rank: [1, 4] }).chain((shape) =>
  fc.record({ cut: fc.nat(shape.length), one: fc.nat(2) }).map(({ cut, one }) => {
    const product = (part: number[]) => part.reduce((count, dim) => count * dim, 1);
    const parts = [product(shape.slice(0, cut)), product(shape.slice(cut))];
    return { shape, other: [...parts.slice(0, one), 1, ...parts.slice(one)] };
  }),
);

test("reshape", async () => {
  await fc.assert(
    fc.asyncProperty(regrouped, seed, async ({ shape, other }, seed) => {
      const x = tensor(shape, seed);
      await checkGradient([
        {
          name: "reshape",
          inputs: { x },
          operation: ({ x }) => reshape(x!, other),
          forward: x.data as Float32Array,
        },
      ]);
    }),
    SESSIONS,
  );
});

test("transpose", async () => {
  const orders = dims({ rank: [1, 4] }).chain((shape) => {
    const axes = shape.map((_, axis) => axis);
    return fc.tuple(fc.constant(shape), fc.shuffledSubarray(axes, { minLength: axes.length }));
  });
  await fc.assert(
    fc.asyncProperty(orders, seed, async ([shape, order], seed) => {
      const x = tensor(shape, seed);
      const moved = Array.from(indices(order.map((axis) => shape[axis]!)), (index) =>
        element(
          x,
          shape.map((_, axis) => index[order.indexOf(axis)]!),
        ),
      );
      await checkGradient([
        {
          name: `transpose ${order}`,
          inputs: { x },
          operation: ({ x }) => transpose(x!, order),
          forward: moved,
        },
      ]);
    }),
    SESSIONS,
  );
});

test("expand", async () => {
  await fc.assert(
    fc.asyncProperty(broadcastingPair(), seed, async ([shape, other], seed) => {
      const x = tensor(shape, seed);
      const wide = broadcastDims(shape, other);
      const forward = broadcastMap((value) => value, x, tensor(wide, 0));
      await checkGradient([
        { name: "expand", inputs: { x }, operation: ({ x }) => expand(x!, wide), forward },
      ]);
    }),
    SESSIONS,
  );
});

test("what changes nothing is no node", () => {
  const x = new Graph().input("x", "float32", [2, 3]);
  expect(reshape(x, [2, 3])).toBe(x);
  expect(expand(x, [2, 3])).toBe(x);
});

test("reshape finds one symbolic dimension by itself", async () => {
  const { y } = await runGraph(
    (graph) => ({ y: reshape(graph.input("x", "float32", ["n", 2, 3]), ["n", 6]) }),
    { x: tensor([4, 2, 3], "symbolic") },
  );
  expect(y.dims).toEqual([4, 6]);
});

test("refuses shapes and orders that do not fit", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", [2, 3]);
  const y = graph.input("y", "float32", ["n", "m"]);
  expect(() => reshape(x, [7])).toThrow(invalid);
  expect(() => reshape(y, ["m", "n"])).toThrow(invalid);
  expect(() => expand(x, ["n", 3])).toThrow(invalid);
  expect(() => expand(x, [2, 4])).toThrow(invalid);
  expect(() => expand(x, [1, 3])).toThrow(invalid);
  expect(() => transpose(x, [0])).toThrow(invalid);
  expect(() => transpose(x, [0, 0])).toThrow(invalid);
  expect(() => transpose(x, [0, 1, 1])).toThrow(invalid);
  expect(() => transpose(x, [0, 2])).toThrow(invalid);
});
