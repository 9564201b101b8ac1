import fc from "fast-check";
import { expect, test } from "vitest";
import { float32, Graph, smallest } from "../index.ts";
import { SESSIONS } from "../testing/arbitrary.ts";
import { runGraph } from "../testing/run-graph.ts";

test("finds the smallest elements of each row, ascending, the first ones among equals", async () => {
  const row = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(row, fc.nat(), async (values, choice) => {
      const count = 1 + (choice % values.length);
      const rows = [values, values.map((value) => 0 - value)];
      const x = float32(rows.flat(), [2, values.length]);
      const result = await runGraph(
        (graph) => ({ ...smallest(graph.input("x", "float32", x.dims), count) }),
        { x },
      );
      const order = rows.map((row) =>
        row
          .map((_, i) => i)
          .sort((a, b) => row[a]! - row[b]! || a - b)
          .slice(0, count),
      );
      expect(result.indices).toEqual({ dims: [2, count], data: order.flat() });
      expect(result.values.data).toEqual(order.flatMap((indices, i) => indices.map((at) => rows[i]![at]!)));
    }),
    SESSIONS,
  );
});

test("refuses more elements than there are, and none", () => {
  const x = new Graph().input("x", "float32", [2, 3]);
  const invalid = expect.objectContaining({ code: "RSAD_GRAPH_INVALID" });
  expect(() => smallest(x, 4)).toThrow(invalid);
  expect(() => smallest(x, 0)).toThrow(invalid);
});
