import fc from "fast-check";
import { expect, test } from "vitest";
import { erf, exp, log, sigmoid, softplus, sqrt, type Value } from "../index.ts";
import { dims, SESSIONS, seed, tensor } from "../testing/arbitrary.ts";
import { checkGradient } from "../testing/check-gradient.ts";
import { runGraph } from "../testing/run-graph.ts";

const positive = { low: 0.5, high: 3 };
const functions: [string, (x: Value) => Value, ((x: number) => number) | undefined, object?][] = [
  ["exp", exp, Math.exp],
  ["log", log, Math.log, positive],
  ["sqrt", sqrt, Math.sqrt, positive],
  // JavaScript has no erf; golden.test.ts holds its values.
  ["erf", erf, undefined],
  ["sigmoid", sigmoid, (x) => 1 / (1 + Math.exp(-x))],
  ["softplus", softplus, (x) => Math.log1p(Math.exp(x))],
];

test("values and gradients on any shape", async () => {
  await fc.assert(
    fc.asyncProperty(dims(), seed, async (shape, seed) => {
      await checkGradient(
        functions.map(([name, operation, plain, range]) => {
          const x = tensor(shape, `${name} ${seed}`, range);
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

test("far out, softplus keeps small values and sigmoid its absolute accuracy", async () => {
  const feeds = { x: { dtype: "float32", dims: [4], data: Float32Array.of(-80, -20, 20, 1000) } } as const;
  const { s, p } = await runGraph((graph) => {
    const x = graph.input("x", "float32", [4]);
    return { s: sigmoid(x), p: softplus(x) };
  }, feeds);
  expect(p.data[1]! / Math.exp(-20)).toBeCloseTo(1, 5);
  expect(p.data.slice(2)).toEqual([20, 1000]);
  [0, 0, 1, 1].forEach((limit, i) => {
    expect(s.data[i]).toBeCloseTo(limit, 7);
  });
});
