import fc from "fast-check";
import { expect, test } from "vitest";
import { cast, Graph, pad } from "../index.ts";
import { dims, SESSIONS, seed, tensor } from "../testing/arbitrary.ts";
import { checkGradient } from "../testing/check-gradient.ts";
import { element, indices } from "../testing/reference.ts";
import { runGraph } from "../testing/run-graph.ts";

test("values and gradients along any axis", async () => {
  const shapeAndAxis = dims({ rank: [1, 4] }).chain((shape) =>
    fc.tuple(fc.constant(shape), fc.nat(shape.length - 1)),
  );
  await fc.assert(
    fc.asyncProperty(shapeAndAxis, fc.nat(2), fc.nat(2), seed, async ([shape, axis], before, after, seed) => {
      const x = tensor(shape, seed);
      const padded = shape.with(axis, before + shape[axis]! + after);
      const forward = Array.from(indices(padded), (index) => {
        const at = index[axis]! - before;
        return at >= 0 && at < shape[axis]! ? element(x, index.with(axis, at)) : 0;
      });
      await checkGradient([
        {
          name: `pad ${before}, ${after}`,
          inputs: { x },
          operation: ({ x }) => pad(x!, axis - shape.length, before, after),
          forward,
        },
      ]);
    }),
    SESSIONS,
  );
});

test("pads any element type", async () => {
  const { y } = await runGraph(
    (graph) => ({ y: pad(cast(graph.input("x", "float32", [2]), "int64"), 0, 1, 1) }),
    { x: { dtype: "float32", dims: [2], data: Float32Array.of(5, 7) } },
  );
  expect(y.data).toEqual([0, 5, 7, 0]);
});

test("refuses axes and amounts that do not fit", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", [2]);
  const invalid = expect.objectContaining({ code: "RSAD_GRAPH_INVALID" });
  expect(() => pad(x, 1, 0, 1)).toThrow(invalid);
  expect(() => pad(x, 0, -1, 0)).toThrow(invalid);
  expect(() => pad(x, 0, 0, 0.5)).toThrow(invalid);
  expect(() => pad(graph.input("n", "float32", ["n"]), 0, 0, 1)).toThrow(invalid);
});
