import fc from "fast-check";
import { expect, test } from "vitest";
import { float32, Graph, matmul, type Tensor, type Value } from "../graph/index.ts";
import { type Axis, cellGrid, type Grid } from "../pixels/index.ts";
import { Random } from "../random.ts";
import { patchFeatures } from "./extractor.ts";
import { cellGrids } from "./testing/cell-grids.ts";
import { runOnce } from "./testing/golden.ts";
import { followedBy, whiten } from "./whitening.ts";

const shapes = fc.array(
  fc.record({
    channels: fc.integer({ min: 1, max: 4 }),
    height: fc.integer({ min: 1, max: 6 }),
    width: fc.integer({ min: 1, max: 6 }),
    /** How far its patches lie from the centres of equal cells, in cells. */
    off: fc.constantFrom(0, -0.4375, 0.3),
  }),
  { minLength: 1, maxLength: 3 },
);
const shape = fc.record({
  levels: shapes,
  images: fc.integer({ min: 1, max: 2 }),
  components: fc.integer({ min: 1, max: 5 }),
  seed: fc.nat(),
});

function shifted({ rows, columns }: Grid, cells: number): Grid {
  const moved = ({ count, first, step }: Axis) => ({ count, first: first + cells * step, step });
  return { rows: moved(rows), columns: moved(columns) };
}

test("is the matrix times the joined patch less its mean, though every level is mapped before it is resized", async () => {
  await fc.assert(
    fc.asyncProperty(shape, async ({ levels, images, components, seed }) => {
      const draw = (count: number, ...key: (string | number)[]) =>
        new Random(seed, ...key).fillNormal(new Float32Array(count));
      const channels = levels.reduce((sum, level) => sum + level.channels, 0);
      const mean = draw(channels, "mean");
      const matrix = draw(components * channels, "matrix");

      const graph = new Graph();
      const inputs = levels.map((level, i) =>
        graph.input(`level${i}`, "float32", [images, level.channels, level.height, level.width]),
      );
      const grids = levels.map(({ height, width, off }) => shifted(cellGrid(height, width), off));
      const joined = patchFeatures(inputs, grids);
      const whitened = whiten(inputs, grids, { mean, matrix, components });
      const { rows: _joined, ...grid } = joined;
      expect(whitened).toMatchObject(grid);
      graph.output("joined", joined.rows);
      graph.output("whitened", whitened.rows);
      const feeds: Record<string, Tensor> = {};
      for (const [i, { channels, height, width }] of levels.entries()) {
        const dims = [images, channels, height, width];
        feeds[`level${i}`] = float32(draw(images * channels * height * width, "level", i), dims);
      }
      const results = await runOnce(graph, feeds);

      const patches = results.joined!.data as Float32Array;
      const count = patches.length / channels;
      expect(results.whitened!.dims).toEqual([count, components]);
      const found = results.whitened!.data as Float32Array;
      for (let patch = 0; patch < count; patch++) {
        for (let row = 0; row < components; row++) {
          let expected = 0;
          for (let c = 0; c < channels; c++) {
            expected += matrix[row * channels + c]! * (patches[patch * channels + c]! - mean[c]!);
          }
          expect(Math.abs(found[patch * components + row]! - expected)).toBeLessThan(2e-5);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test("followed by a matrix it is one map that gives the same", async () => {
  const draw = (count: number, key: string) => new Random(3, key).fillNormal(new Float32Array(count));
  const [components, outputs, channels] = [4, 3, 5];
  const whitening = {
    mean: draw(channels, "mean"),
    matrix: draw(components * channels, "matrix"),
    components,
  };
  const weight = draw(components * outputs, "weight");
  weight[2] = 0;

  const followed = followedBy(whitening, weight);
  expect(followed).toMatchObject({ mean: whitening.mean, components: outputs });
  const rowsOf = async (build: (levels: readonly Value[]) => Value) => {
    const graph = new Graph();
    const levels = [
      graph.input("fine", "float32", [1, 3, 4, 6]),
      graph.input("coarse", "float32", [1, 2, 2, 3]),
    ];
    graph.output("rows", build(levels));
    const feeds = {
      fine: float32(draw(72, "fine"), [1, 3, 4, 6]),
      coarse: float32(draw(12, "coarse"), [1, 2, 2, 3]),
    };
    return (await runOnce(graph, feeds)).rows!.data as Float32Array;
  };
  const found = await rowsOf((levels) => whiten(levels, cellGrids(levels), followed).rows);
  const expected = await rowsOf((levels) => {
    const { rows } = whiten(levels, cellGrids(levels), whitening);
    return matmul(rows, rows.graph.constant(float32(weight, [components, outputs])));
  });
  expect(found).toHaveLength(24 * outputs);
  expect(Math.max(...found.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(1e-5);
});
