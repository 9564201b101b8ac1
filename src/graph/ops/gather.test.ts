import fc from "fast-check";
import { expect, test } from "vitest";
import { Graph, gatherRows, int64 } from "../index.ts";
import { dims, SESSIONS, seed, tensor } from "../testing/arbitrary.ts";
import { checkGradient } from "../testing/check-gradient.ts";

test("values and gradients, rows taken never, once and again", async () => {
  const rows = fc.array(fc.nat(99), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(dims({ rank: [1, 3] }), rows, seed, async (shape, rows, seed) => {
      const x = tensor(shape, seed);
      const chosen = rows.map((row) => row % shape[0]!);
      const size = x.data.length / shape[0]!;
      await checkGradient([
        {
          name: `rows ${chosen} of [${shape}]`,
          inputs: { x },
          operation: ({ x }, graph) => gatherRows(x!, graph.constant(int64(chosen))),
          forward: chosen.flatMap((row) => [
            ...(x.data as Float32Array).subarray(row * size, (row + 1) * size),
          ]),
        },
      ]);
    }),
    SESSIONS,
  );
});

test("refuses an index that is no int64 vector, and a scalar", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", [4, 2]);
  const invalid = expect.objectContaining({ code: "RSAD_GRAPH_INVALID" });
  expect(() => gatherRows(x, graph.input("i", "int32", [2]))).toThrow(invalid);
  expect(() => gatherRows(x, graph.input("j", "int64", [2, 1]))).toThrow(invalid);
  expect(() => gatherRows(graph.scalar(1), graph.input("k", "int64", [1]))).toThrow(invalid);
});
