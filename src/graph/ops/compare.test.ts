import fc from "fast-check";
import { expect, test } from "vitest";
import { cast, equal, Graph, gradients, greater, mul, reduceSum } from "../index.ts";
import { broadcastingPair, SESSIONS, seed, tensor } from "../testing/arbitrary.ts";
import { broadcastMap } from "../testing/reference.ts";
import { runGraph } from "../testing/run-graph.ts";

test("compares broadcast values", async () => {
  await fc.assert(
    fc.asyncProperty(broadcastingPair(), seed, async ([left, right], seed) => {
      const [a, b] = [tensor(left, seed), tensor(right, seed + 1)];
      const rounded = [a, b].map((one) => ({ ...one, data: (one.data as Float32Array).map(Math.round) }));
      const [p, q] = rounded as [typeof a, typeof b];
      const result = await runGraph(
        (graph) => {
          const [x, y] = [graph.input("x", "float32", left), graph.input("y", "float32", right)];
          return { more: greater(x, y), same: equal(x, y) };
        },
        { x: p, y: q },
      );
      expect(result.more.data).toEqual(broadcastMap((x, y) => Number(x > y), p, q));
      expect(result.same.data).toEqual(broadcastMap((x, y) => Number(x === y), p, q));
    }),
    SESSIONS,
  );
});

test("passes no gradient", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", [2]);
  const kept = mul(x, cast(greater(x, 0), "float32"));
  expect(gradients(reduceSum(kept, undefined, false), [x])).toHaveLength(1);
  const hits = reduceSum(cast(greater(x, 0), "float32"), undefined, false);
  expect(() => gradients(hits, [x])).toThrow(/a path to the loss/);
});
