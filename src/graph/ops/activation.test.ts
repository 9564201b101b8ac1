import fc from "fast-check";
import { expect, test } from "vitest";
import { float32, Graph, gelu, gradients, leakyRelu, reduceSum, relu, type Value } from "../index.ts";
import { dims, SESSIONS, seed, tensor } from "../testing/arbitrary.ts";
import { checkGradient } from "../testing/check-gradient.ts";
import { runGraph } from "../testing/run-graph.ts";

const activations: [string, (x: Value) => Value, ((x: number) => number) | undefined][] = [
  ["relu", relu, (x) => Math.max(x, 0)],
  ["leakyRelu 0.2", (x) => leakyRelu(x, 0.2), (x) => (x > 0 ? x : 0.2 * x)],
  ["leakyRelu 0.01", (x) => leakyRelu(x, 0.01), (x) => (x > 0 ? x : 0.01 * x)],
  // golden.test.ts holds its values.
  ["gelu", gelu, undefined],
];

test("values and gradients on any shape, away from the kink", async () => {
  await fc.assert(
    fc.asyncProperty(dims(), seed, async (shape, seed) => {
      await checkGradient(
        activations.map(([name, operation, plain]) => {
          const x = tensor(shape, `${name} ${seed}`, { kinks: [0] });
          return {
            name,
            inputs: { x },
            operation: ({ x }) => operation(x!),
            ...(plain && { forward: Array.from(x.data as Float32Array, plain) }),
          };
        }),
      );
    }),
    SESSIONS,
  );
});

test("the slope at 0 is that of the negative side, and 1 from the smallest normal number on", async () => {
  const values = [Number.NEGATIVE_INFINITY, -(2 ** -126), 0, 2 ** -126, 1e30, Number.POSITIVE_INFINITY];
  const result = await runGraph(
    (graph) => {
      const x = graph.input("x", "float32", [6]);
      const slope = (y: Value) => gradients(reduceSum(y, undefined, false), [x])[0]!;
      return { relu: slope(relu(x)), leaky: slope(leakyRelu(x, 0.25)) };
    },
    { x: float32(values, [6]) },
  );
  expect(result.relu.data).toEqual([0, 0, 0, 1, 1, 1]);
  expect(result.leaky.data).toEqual([0.25, 0.25, 0.25, 1, 1, 1]);
});

test("refuses a slope above 1", () => {
  const x = new Graph().input("x", "float32", [1]);
  expect(() => leakyRelu(x, 1.5)).toThrow(expect.objectContaining({ code: "RSAD_GRAPH_INVALID" }));
});
