import fc from "fast-check";
import { expect, test } from "vitest";
import { gradients, maximum, minimum, reduceSum } from "../index.ts";
import { broadcastingPair, CLEARANCE, SESSIONS, seed, tensor } from "../testing/arbitrary.ts";
import { checkGradient } from "../testing/check-gradient.ts";
import { broadcastMap } from "../testing/reference.ts";
import { runGraph } from "../testing/run-graph.ts";

test("values and gradients where both sides broadcast and nowhere meet", async () => {
  await fc.assert(
    fc.asyncProperty(broadcastingPair(), seed, async ([left, right], seed) => {
      // Even multiples of the clearance on one side, odd ones on the other.
      const onGrid = (dims: readonly number[], key: string, offset: number) => {
        const drawn = tensor(dims, `${key} ${seed}`);
        const step = 4 * CLEARANCE;
        const data = (drawn.data as Float32Array).map((x) => (Math.round(x / step) + offset) * step);
        return { ...drawn, data };
      };
      const a = onGrid(left, "a", 0);
      const b = onGrid(right, "b", 0.5);
      await checkGradient([
        {
          name: "maximum",
          inputs: { a, b },
          operation: ({ a, b }) => maximum(a!, b!),
          forward: broadcastMap(Math.max, a, b),
        },
        {
          name: "minimum",
          inputs: { a, b },
          operation: ({ a, b }) => minimum(a!, b!),
          forward: broadcastMap(Math.min, a, b),
        },
      ]);
    }),
    SESSIONS,
  );
});

test("where both sides are equal the gradient goes to the second", async () => {
  const result = await runGraph(
    (graph) => {
      const a = graph.input("a", "float32", [1]);
      const b = graph.input("b", "float32", [1]);
      const [da, db] = gradients(reduceSum(maximum(a, b), undefined, false), [a, b]);
      const [ea, eb] = gradients(reduceSum(minimum(a, b), undefined, false), [a, b]);
      return { da: da!, db: db!, ea: ea!, eb: eb! };
    },
    Object.fromEntries(["a", "b"].map((name) => [name, tensor([1], "same")])),
  );
  expect(Object.values(result).map(({ data }) => data[0])).toEqual([0, 1, 0, 1]);
});
