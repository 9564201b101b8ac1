import fc from "fast-check";
import { expect, test } from "vitest";
import { Graph, softmax } from "../index.ts";
import { dims, SESSIONS, seed, tensor } from "../testing/arbitrary.ts";
import { checkGradient } from "../testing/check-gradient.ts";
import { element, indices } from "../testing/reference.ts";
import { runGraph } from "../testing/run-graph.ts";

test("values and gradients over the last of any number of axes", async () => {
  await fc.assert(
    fc.asyncProperty(dims({ rank: [1, 4], largest: 5 }), seed, async (shape, seed) => {
      const x = tensor(shape, seed);
      const powers = (index: readonly number[]) =>
        Array.from({ length: shape.at(-1)! }, (_, i) => Math.exp(element(x, index.with(-1, i))));
      const forward = Array.from(
        indices(shape),
        (index) => Math.exp(element(x, index)) / powers(index).reduce((sum, power) => sum + power, 0),
      );
      await checkGradient([
        { name: `softmax of [${shape}]`, inputs: { x }, operation: ({ x }) => softmax(x!), forward },
      ]);
    }),
    SESSIONS,
  );
});

test("stays finite where the exponential would not, for any batch", async () => {
  const x = { dtype: "float32", dims: [2, 2], data: Float32Array.of(1000, 1000, -1000, 1000) } as const;
  const { y } = await runGraph((graph) => ({ y: softmax(graph.input("x", "float32", ["n", 2])) }), { x });
  expect(y).toEqual({ dims: [2, 2], data: [0.5, 0.5, 0, 1] });
});

test("refuses a scalar", () => {
  expect(() => softmax(new Graph().scalar(1))).toThrow(
    expect.objectContaining({ code: "RSAD_GRAPH_INVALID" }),
  );
});
