import { expect, it } from "vitest";
import { Graph, reduceMean, reshape, slice, square, sub, transpose, type Value } from "../graph/index.ts";
import { type Aggregation, aggregate, patchFeatures, scaleFeatures } from "./extractor.ts";
import { cellGrids } from "./testing/cell-grids.ts";
import { golden, relativeError, runOnce, tensor } from "./testing/golden.ts";

const { levels, ...expected } = golden.patchAggregation;

function join(taps: readonly Value[], aggregation: Aggregation) {
  const aggregated = aggregate(taps, aggregation);
  return patchFeatures(aggregated, cellGrids(aggregated));
}

it.each([
  ["average", { kind: "average", neighbourhood: 3 }],
  ["simplenet24", { kind: "simplenet", dimension: 24 }],
  ["simplenet12", { kind: "simplenet", dimension: 12 }],
  ["simplenet10", { kind: "simplenet", dimension: 10 }],
] as const)("aggregates as PyTorch does: %s", async (name, aggregation) => {
  const graph = new Graph();
  const taps = [graph.input("a", "float32", [1, 8, 3, 4]), graph.input("b", "float32", [1, 16, 2, 2])];
  const { rows, images, height, width } = join(taps, aggregation);
  const channels = rows.shape[1] as number;
  expect([images, height, width, channels]).toEqual([1, 3, 4, expected[name].dims[1]]);
  graph.output("maps", transpose(reshape(rows, [1, 3, 4, channels]), [0, 3, 1, 2]));
  const { maps } = await runOnce(graph, { a: tensor(levels[0]), b: tensor(levels[1]) });
  expect(relativeError(maps!, expected[name])).toBeLessThan(1e-6);
});

it("the largest level sets the grid, whichever comes first", async () => {
  const graph = new Graph();
  const taps = [graph.input("b", "float32", [1, 16, 2, 2]), graph.input("a", "float32", [1, 8, 3, 4])];
  const { rows, height, width } = join(taps, { kind: "average", neighbourhood: 3 });
  expect([height, width]).toEqual([3, 4]);
  graph.output("first", slice(rows, 1, 16, 24));
  graph.output("second", slice(rows, 1, 0, 16));
  const { first, second } = await runOnce(graph, { a: tensor(levels[0]), b: tensor(levels[1]) });
  const rowsOf = (from: number, to: number) =>
    Array.from({ length: 12 }, (_, patch) =>
      Array.from({ length: to - from }, (_, i) => expected.average.data[(from + i) * 12 + patch]),
    ).flat();
  expect(relativeError(first!, { data: rowsOf(0, 8) })).toBeLessThan(1e-6);
  expect(relativeError(second!, { data: rowsOf(8, 24) })).toBeLessThan(1e-6);
});

it("refuses a SimpleNet dimension that the levels cannot share evenly", () => {
  const graph = new Graph();
  const taps = [graph.input("a", "float32", [1, 8, 3, 4]), graph.input("b", "float32", [1, 16, 2, 2])];
  expect(() => aggregate(taps, { kind: "simplenet", dimension: 11 })).toThrow(
    expect.objectContaining({ code: "RSAD_ARGUMENT_INVALID", hint: "For example 12." }),
  );
});

it("brings each channel to mean 0 and deviation 1 by the moments it is given", async () => {
  const graph = new Graph();
  const level = graph.input("a", "float32", [1, 8, 3, 4]);
  const mean = reduceMean(level, [2, 3]);
  graph.output("mean", mean);
  graph.output("variance", reduceMean(square(sub(level, mean)), [2, 3]));
  const moments = await runOnce(graph, { a: tensor(levels[0]) });

  const scaling = new Graph();
  const [scaled] = scaleFeatures([scaling.input("a", "float32", [1, 8, 3, 4])], {
    mean: moments.mean!.data as Float32Array,
    deviation: (moments.variance!.data as Float32Array).map(Math.sqrt),
  });
  scaling.output("mean", reduceMean(scaled!, [2, 3]));
  scaling.output("square", reduceMean(square(scaled!), [2, 3]));
  const result = await runOnce(scaling, { a: tensor(levels[0]) });
  for (let i = 0; i < 8; i++) {
    expect(Number(result.mean!.data[i])).toBeCloseTo(0, 5);
    expect(Number(result.square!.data[i])).toBeCloseTo(1, 5);
  }
});
