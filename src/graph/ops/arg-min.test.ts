import fc from "fast-check";
import { expect, test } from "vitest";
import { argMin, float32, Graph } from "../index.ts";
import { SESSIONS } from "../testing/arbitrary.ts";
import { runGraph } from "../testing/run-graph.ts";

test("finds the first smallest element along either axis", async () => {
  const matrix = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 40 }))
    .chain(([rows, columns]) =>
      fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    );
  await fc.assert(
    fc.asyncProperty(matrix, async (rows) => {
      const x = float32(rows.flat(), [rows.length, rows[0]!.length]);
      const { across, down } = await runGraph(
        (graph) => {
          const value = graph.input("x", "float32", x.dims);
          return { across: argMin(value, -1), down: argMin(value, 0) };
        },
        { x },
      );
      const first = (values: number[]) => values.indexOf(Math.min(...values));
      expect(across).toEqual({ dims: [rows.length], data: rows.map(first) });
      expect(down.data).toEqual(rows[0]!.map((_, column) => first(rows.map((row) => row[column]!))));
    }),
    SESSIONS,
  );
});

test("refuses an axis that is not there", () => {
  const x = new Graph().input("x", "float32", [2, 3]);
  expect(() => argMin(x, 2)).toThrow(expect.objectContaining({ code: "RSAD_GRAPH_INVALID" }));
});
