import { describe, expect, test } from "vitest";
import { tinyRecipe } from "../../test/tiny.ts";
import type { Tensors } from "../graph/index.ts";
import { cellGrid } from "../pixels/index.ts";
import type { TrainedRecipe } from "../recipes/index.ts";
import { type StepGraph, stepGraph } from "./step-graph.ts";
import { stepCount, stepInputs } from "./step-inputs.ts";

const levels = [{ channels: 3, height: 6, width: 5, grid: cellGrid(6, 5) }];
const make = (recipe: TrainedRecipe) => stepGraph({ levels, precision: "float32", recipe });

const drawing = tinyRecipe({ patches: 7 });
const perlin = tinyRecipe({
  patches: "all",
  batch: 4,
  "noise.mask": { kind: "perlin", threshold: 0.1, empty: 0.5 },
});
const paperLike = tinyRecipe({
  aligner: { kind: "mona", depth: 1, width: 4, dropout: 0.25 },
  patches: "all",
});

const sum = (tensor: Tensors[string]) =>
  (tensor.data as Float32Array).reduce((total, value) => total + value, 0);
const values = (tensor: Tensors[string]) => Array.from(tensor.data as Float32Array);

describe("stepCount", () => {
  test("epochs show every image that many times, the last batch filled up", () => {
    const epochs = tinyRecipe({ length: { epochs: 3 }, batch: 4 });
    expect(stepCount(epochs, 8)).toBe(6);
    expect(stepCount(epochs, 9)).toBe(7);
    expect(stepCount(tinyRecipe({ length: { steps: 17 } }), 1000)).toBe(17);
  });
});

describe.each([
  ["drawn patches", drawing],
  ["Perlin masks", perlin],
  ["dropout", paperLike],
])("%s", (_name, recipe) => {
  const graph: StepGraph = make(recipe);
  const at = (step: number, seed = 1) => stepInputs(graph, recipe, seed, step, 10);

  test("a step's inputs depend on the seed and the step alone", () => {
    const alone = at(5);
    for (const step of [0, 9, 2]) at(step);
    expect(at(5)).toEqual(alone);
    expect(at(4).noise).not.toEqual(alone.noise);
    expect(at(5, 2).noise).not.toEqual(alone.noise);
  });

  test("each class's weights sum to 1, over the images to 1 together, and no row has both", () => {
    for (let step = 0; step < 20; step++) {
      const { normal, defect, image_normal, image_defect, noise } = at(step);
      const noised = values(defect!).some((weight) => weight > 0);
      expect(sum(normal!)).toBeCloseTo(1, 5);
      expect(sum(defect!)).toBeCloseTo(noised ? 1 : 0, 5);
      expect(sum(image_normal!) + sum(image_defect!)).toBeCloseTo(1, 5);
      const { rows, channels } = graph;
      for (let row = 0; row < 2 * rows; row++) {
        const weights = [normal!.data[row]!, defect!.data[row]!].map(Number);
        expect(weights.filter((weight) => weight > 0)).toHaveLength(1);
        if (row < rows) expect(weights[1]).toBe(0);
        else {
          const drawn = noise!.data.slice((row - rows) * channels, (row - rows + 1) * channels);
          expect(Array.from(drawn as Float32Array, Number).some((value) => value !== 0)).toBe(
            weights[1]! > 0,
          );
        }
      }
    }
  });
});

test("an image is a defect if one of its noised patches is looked at", () => {
  const graph = make(perlin);
  const perImage = graph.rows / perlin.batch;
  for (let step = 0; step < 30; step++) {
    const { defect, image_defect } = stepInputs(graph, perlin, 3, step, 30);
    for (let image = 0; image < perlin.batch; image++) {
      const start = graph.rows + image * perImage;
      const any = values(defect!)
        .slice(start, start + perImage)
        .some((weight) => weight > 0);
      expect(image_defect!.data[perlin.batch + image]! > 0).toBe(any);
      expect(image_defect!.data[image]).toBe(0);
    }
  }
});

test("drawn patches are distinct and lie in their own image", () => {
  const graph = make(drawing);
  for (let step = 0; step < 20; step++) {
    const patches = Array.from(stepInputs(graph, drawing, 0, step, 20).patches!.data, Number);
    expect(new Set(patches).size).toBe(14);
    for (const [i, patch] of patches.entries()) expect(Math.floor(patch / 30)).toBe(Math.floor(i / 7));
  }
});

test("noise has the recipe's deviation", () => {
  const graph = make(drawing);
  const noise = Array.from({ length: 200 }, (_, step) =>
    values(stepInputs(graph, drawing, 0, step, 200).noise!),
  ).flat();
  const deviation = Math.sqrt(noise.reduce((total, value) => total + value * value, 0) / noise.length);
  expect(deviation / drawing.noise.deviation).toBeCloseTo(1, 1);
});

test("dropout zeroes its share and keeps the mean", () => {
  const graph = make(paperLike);
  expect(graph.dropouts).toHaveLength(1);
  const { name } = graph.dropouts[0]!;
  const masks = Array.from({ length: 20 }, (_, step) =>
    values(stepInputs(graph, paperLike, 0, step, 100)[name]!),
  ).flat();
  expect(new Set(masks)).toEqual(new Set([0, Math.fround(4 / 3)]));
  expect(masks.filter((value) => value === 0).length / masks.length).toBeCloseTo(0.25, 1);
});

test("the learning rates fall at their shares of the run, and Adam's corrections fade", () => {
  const recipe = tinyRecipe({ "optimizer.decayAt": [0.5, 0.8], "optimizer.decayFactor": 0.1 });
  const graph = make(recipe);
  const rates = [0, 49, 50, 79, 80, 99].map((step) => {
    const { rate_discriminator, correction } = stepInputs(graph, recipe, 0, step, 100);
    expect(correction!.data[0]).toBeCloseTo(Math.sqrt(1 - 0.999 ** (step + 1)), 5);
    return Number(rate_discriminator!.data[0]) * (1 - 0.9 ** (step + 1));
  });
  const rate = recipe.optimizer.discriminatorRate;
  for (const [i, factor] of [1, 1, 0.1, 0.1, 0.01, 0.01].entries()) {
    expect(rates[i]! / (rate * factor)).toBeCloseTo(1, 5);
  }
});
