import { expect, test } from "vitest";
import { float32, Graph, type Tensors, type Value } from "../graph/index.ts";
import { cellGrid } from "../pixels/index.ts";
import { Random } from "../random.ts";
import { METHODS, recipe } from "../recipes/index.ts";
import { whiten } from "../stages/index.ts";
import { runOnce } from "../stages/testing/golden.ts";
import { hybridHead, type Parts, scoreParts } from "./head.ts";

const COMPONENTS = 4;
const HIDDEN = [5, 3];
const LEVELS = { fine: [1, 3, 4, 6], coarse: [1, 2, 2, 3] };
const GRIDS = [cellGrid(4, 6), cellGrid(2, 3)];
const CHANNELS = 5;

const draw = (count: number, key: string) => new Random(7, key).fillNormal(new Float32Array(count));

function weightsFor(outputs: number): Tensors {
  const widths = [COMPONENTS, ...HIDDEN, outputs];
  const weights: Record<string, Tensors[string]> = {};
  for (let layer = 0; layer + 1 < widths.length; layer++) {
    const [rows, columns] = widths.slice(layer) as [number, number];
    const name = `discriminator.${layer}`;
    weights[`${name}.weight`] = float32(draw(rows * columns, name), [rows, columns]);
    const vector = (part: string, value: number) => {
      weights[`${name}.norm.${part}`] = float32(new Float32Array(columns).fill(value), [1, columns]);
    };
    for (const [part, value] of Object.entries({ weight: 1.5, bias: 0.1, mean: 0.2, variance: 2 })) {
      vector(part, value);
    }
  }
  return weights;
}

test.each([
  ["with all parts", {}, 3],
  ["without painting", { painting: "none" }, 2],
  ["without a memory", { memory: "none" }, 2],
])("%s a patch scores what its whitened components do, balanced", async (_, fields, count) => {
  const settings = recipe(METHODS.hybrid, { "discriminator.hidden": HIDDEN, ...fields });
  const parts: Parts = {
    recipe: settings,
    weights: weightsFor(settings.painting === "none" ? 1 : 2),
    bank: settings.memory === "none" ? undefined : { data: draw(8 * 3, "bank"), width: 3 },
    scales: Float32Array.of(0.5, 1, 2, 4),
  };
  const whitening = {
    mean: draw(CHANNELS, "mean"),
    matrix: draw(COMPONENTS * CHANNELS, "matrix"),
    components: COMPONENTS,
  };
  const balances = [
    { median: 1, reach: 2 },
    { median: -3, reach: 0.5 },
    { median: 0.25, reach: 4 },
  ].slice(0, count);

  const run = async (build: (levels: readonly Value[]) => Value) => {
    const graph = new Graph();
    const levels = Object.entries(LEVELS).map(([name, dims]) => graph.input(name, "float32", dims));
    graph.output("scores", build(levels));
    const feeds = Object.fromEntries(
      Object.entries(LEVELS).map(([name, dims]) => {
        const size = dims.reduce((product, side) => product * side);
        return [name, float32(draw(size, name), dims)];
      }),
    );
    return (await runOnce(graph, feeds)).scores!.data as Float32Array;
  };
  const found = await run((levels) => hybridHead(parts, whitening, balances)(levels, GRIDS).patches);
  const apart = await Promise.all(
    balances.map(({ median, reach }, i) =>
      run((levels) => {
        const values = scoreParts(whiten(levels, GRIDS, whitening).rows, parts);
        expect(values).toHaveLength(count);
        return values[i]!;
      }).then((values) => values.map((value) => (value - median) / reach)),
    ),
  );
  const expected = found.map((_value, at) => apart.reduce((sum, values) => sum + values[at]!, 0));
  expect(found).toHaveLength(24);
  expect(Math.max(...found.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(1e-4);
});
