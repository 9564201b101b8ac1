import fc from "fast-check";
import { expect, test } from "vitest";
import { Graph, gradients, interpolationMatrix, reduceSum, resizeBilinear } from "../index.ts";
import { seed, tensor } from "../testing/arbitrary.ts";
import { checkGradient } from "../testing/check-gradient.ts";
import { element, indices } from "../testing/reference.ts";
import { runGraph } from "../testing/run-graph.ts";

const invalid = expect.objectContaining({ code: "RSAD_GRAPH_INVALID" });

test("values and gradients, larger and smaller", async () => {
  const side = fc.integer({ min: 1, max: 7 });
  const few = fc.integer({ min: 1, max: 2 });
  await fc.assert(
    fc.asyncProperty(fc.tuple(few, few, side, side), side, side, seed, async (shape, height, width, seed) => {
      const [n, c, h, w] = shape;
      const x = tensor(shape, seed);
      const rows = interpolationMatrix(h, height);
      const columns = interpolationMatrix(w, width);
      const forward = Array.from(indices([n, c, height, width]), ([i, j, row, column]) => {
        let sum = 0;
        for (const [y, z] of indices([h, w])) {
          sum += rows[row! * h + y!]! * columns[column! * w + z!]! * element(x, [i!, j!, y!, z!]);
        }
        return sum;
      });
      await checkGradient([
        {
          name: `[${shape}] to ${height}x${width}`,
          inputs: { x },
          operation: ({ x }) => resizeBilinear(x!, [height, width]),
          forward,
        },
      ]);
    }),
    { numRuns: 25 },
  );
});

test("the interpolation matrix has rows that sum to one", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (from, to) => {
      const matrix = interpolationMatrix(from, to);
      for (let i = 0; i < to; i++) {
        const row = matrix.subarray(i * from, (i + 1) * from);
        expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
        expect(Math.min(...row)).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test("shrinking with antialias lets every pixel count; without, some are skipped", async () => {
  const x = tensor([1, 1, 8, 8], "antialias");
  const { smooth, plain } = await runGraph(
    (graph) => {
      const value = graph.input("x", "float32", ["n", 1, "h", "w"]);
      const options = { antialias: true };
      return { smooth: resizeBilinear(value, [1, 1], options), plain: resizeBilinear(value, [1, 1]) };
    },
    { x },
  );
  // A triangle that spans twice the image on either side, cut at the borders.
  const weights = Array.from({ length: 8 }, (_, i) => 1 - Math.abs(i + 0.5 - 4) / 8);
  const total = weights.reduce((sum, weight) => sum + weight, 0) ** 2;
  const mean = Array.from(
    indices([8, 8]),
    ([h, w]) => weights[h!]! * weights[w!]! * element(x, [0, 0, h!, w!]),
  );
  expect(smooth.data[0]).toBeCloseTo(mean.reduce((a, b) => a + b, 0) / total, 5);
  const middle = [3, 4].flatMap((h) => [3, 4].map((w) => element(x, [0, 0, h, w])));
  expect(plain.data[0]).toBeCloseTo(middle.reduce((a, b) => a + b, 0) / 4, 5);
});

test("no change of size is no node, unless antialiased; symbolic images resize but have no gradient", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", [1, 2, 3, 4]);
  expect(resizeBilinear(x, [3, 4])).toBe(x);
  const any = graph.input("any", "float32", ["n", 2, "h", "w"]);
  const resized = resizeBilinear(any, [3, 4]);
  expect(resized.shape).toEqual(["n", 2, 3, 4]);
  expect(() => gradients(reduceSum(resized, undefined, false), [any])).toThrow(invalid);
});

test("an antialiased resize has no gradient, and only images are resized", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", [1, 1, 4, 4]);
  const loss = reduceSum(resizeBilinear(x, [2, 2], { antialias: true }), undefined, false);
  expect(() => gradients(loss, [x])).toThrow(invalid);
  expect(() => resizeBilinear(graph.input("y", "float32", [4, 4]), [2, 2])).toThrow(invalid);
});
