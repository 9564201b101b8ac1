import fc from "fast-check";
import { test } from "vitest";
import { gelu, leakyRelu, relu, type Value } from "../index.ts";
import { dims, SESSIONS, seed, tensor } from "../testing/arbitrary.ts";
import { checkGradient } from "../testing/check-gradient.ts";

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
