import fc from "fast-check";
import { expect, test } from "vitest";
import {
  encodeModel,
  float32,
  Graph,
  gatherRows,
  gradients,
  int64,
  nodeRuntime,
  reduceSum,
} from "../index.ts";
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

test("the shorter gradient for rows taken at most once", async () => {
  await checkGradient([
    {
      name: "distinct",
      inputs: { x: tensor([6, 2, 3], "distinct") },
      operation: ({ x }, graph) => gatherRows(x!, graph.constant(int64([4, 0, 3])), { distinct: true }),
    },
  ]);
});

test("rows taken very often get their whole gradient from several threads", async () => {
  const graph = new Graph();
  const [rows, taken] = [4, 60_000];
  const x = graph.input("x", "float32", [rows, 8]);
  const index = graph.input("index", "int64", [taken]);
  graph.output("dx", gradients(reduceSum(gatherRows(x, index), undefined, false), [x])[0]!);
  const session = await nodeRuntime({ threads: 2 }).open(encodeModel(graph));
  const feeds = {
    x: float32(new Float32Array(rows * 8), [rows, 8]),
    index: int64(Array.from({ length: taken }, (_, i) => i % rows)),
  };
  for (let run = 0; run < 20; run++) {
    expect(new Set((await session.run(feeds)).dx!.data as Float32Array)).toEqual(new Set([taken / rows]));
  }
  await session.close();
});

test("refuses an index that is no int64 vector, and a scalar", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", [4, 2]);
  const invalid = expect.objectContaining({ code: "RSAD_GRAPH_INVALID" });
  expect(() => gatherRows(x, graph.input("i", "int32", [2]))).toThrow(invalid);
  expect(() => gatherRows(x, graph.input("j", "int64", [2, 1]))).toThrow(invalid);
  expect(() => gatherRows(graph.scalar(1), graph.input("k", "int64", [1]))).toThrow(invalid);
});
