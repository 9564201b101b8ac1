import fc from "fast-check";
import { expect, test } from "vitest";
import { Graph, greater, where } from "../index.ts";
import { broadcastingPair, SESSIONS, seed, tensor } from "../testing/arbitrary.ts";
import { checkGradient } from "../testing/check-gradient.ts";
import { broadcastMap } from "../testing/reference.ts";

test("values and gradients where condition, a and b all broadcast", async () => {
  await fc.assert(
    fc.asyncProperty(broadcastingPair(), fc.boolean(), seed, async ([one, other], swap, seed) => {
      const choice = tensor(swap ? other : one, `choice ${seed}`);
      const a = tensor(one, `a ${seed}`);
      const b = tensor(other, `b ${seed}`);
      await checkGradient([
        {
          name: "where",
          inputs: { a, b },
          operation: ({ a, b }, graph) => where(greater(graph.constant(choice), 0), a!, b!),
          forward: broadcastMap((c, a, b) => (c > 0 ? a : b), choice, a, b),
        },
        {
          name: "where with numbers",
          inputs: { a },
          operation: ({ a }, graph) => where(greater(graph.constant(choice), 0), a!, 3),
          forward: broadcastMap((c, a) => (c > 0 ? a : 3), choice, a),
        },
      ]);
    }),
    SESSIONS,
  );
});

test("refuses a condition that is not bool, mixed types and shapes that do not broadcast", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", [2]);
  const yes = greater(x, 0);
  const invalid = expect.objectContaining({ code: "RSAD_GRAPH_INVALID" });
  expect(() => where(x, x, x)).toThrow(invalid);
  expect(() => where(yes, x, graph.input("index", "int64", [2]))).toThrow(invalid);
  expect(() => where(yes, x, graph.input("other", "float32", [3]))).toThrow(invalid);
});
