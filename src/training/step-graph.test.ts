import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tinyRecipe } from "../../test/tiny.ts";
import { float32, int64, nodeRuntime, type Session, type Tensor, type Tensors } from "../graph/index.ts";
import { cellGrid } from "../pixels/index.ts";
import { Random } from "../random.ts";
import { adamScalars } from "./adam.ts";
import { type StepGraph, stepGraph } from "./step-graph.ts";

const [BATCH, CHANNELS, SIDE, HIDDEN] = [2, 3, 2, 4];
const PATCHES = SIDE * SIDE;
const ROWS = BATCH * PATCHES;
const recipe = tinyRecipe({
  "discriminator.hidden": [HIDDEN],
  "optimizer.weightDecay": 0.01,
  loss: { truncatedL1: 1, margin: 0.5, focal: 0.7, gamma: 2 },
  patches: "all",
});
const scaling = { mean: Float32Array.of(0.1, -0.2, 0.3), deviation: Float32Array.of(0.5, 2, 1) };
const levels = [{ channels: CHANNELS, height: SIDE, width: SIDE, grid: cellGrid(SIDE, SIDE) }];

const draw = (name: string, count: number) => new Random(5, name).fillNormal(new Float32Array(count));
const level = draw("level", BATCH * CHANNELS * PATCHES);
const noise = draw("noise", ROWS * CHANNELS);
/** Uneven weights, some of the noised rows counting as normal. */
const asDefect = Array.from({ length: 2 * ROWS }, (_, row) => (row >= ROWS && row % 3 > 0 ? row / 50 : 0));
const asNormal = asDefect.map((weight, row) => (weight === 0 ? (row + 1) / 90 : 0));
const imageDefect = [0, 0, 0.25, 0.25];
const imageNormal = [0.25, 0.25, 0, 0];

/** The loss in double precision, from the definitions, and the statistics of the hidden layer. */
function forward(parameters: Record<string, readonly number[]>) {
  const [weight, scale, shift, last] = [
    "discriminator.0.weight",
    "discriminator.0.norm.weight",
    "discriminator.0.norm.bias",
    "discriminator.1.weight",
  ].map((name) => parameters[name]!) as [number[], number[], number[], number[]];
  const rows = Array.from({ length: 2 * ROWS }, (_, r) => {
    const row = r % ROWS;
    const [image, patch] = [Math.floor(row / PATCHES), row % PATCHES];
    return Array.from({ length: HIDDEN }, (_, h) => {
      let sum = 0;
      for (let c = 0; c < CHANNELS; c++) {
        const feature = level[(image * CHANNELS + c) * PATCHES + patch]!;
        const scaled = (feature - scaling.mean[c]!) / scaling.deviation[c]!;
        sum += (scaled + (r < ROWS ? 0 : noise[row * CHANNELS + c]!)) * weight[c * HIDDEN + h]!;
      }
      return sum;
    });
  });
  const mean = scale.map((_, h) => rows.reduce((sum, row) => sum + row[h]!, 0) / rows.length);
  const variance = mean.map((m, h) => rows.reduce((sum, row) => sum + (row[h]! - m) ** 2, 0) / rows.length);
  const logits = rows.map((row) =>
    row.reduce((sum, value, h) => {
      const y = ((value - mean[h]!) / Math.sqrt(variance[h]! + 1e-5)) * scale[h]! + shift[h]!;
      return sum + (y > 0 ? y : 0.2 * y) * last[h]!;
    }, 0),
  );
  const hinge = logits.reduce(
    (sum, z, r) => sum + asNormal[r]! * Math.max(0, 0.5 - z) + asDefect[r]! * Math.max(0, z + 0.5),
    0,
  );
  let focal = 0;
  for (let image = 0; image < 2 * BATCH; image++) {
    const score = Math.max(...logits.slice(image * PATCHES, (image + 1) * PATCHES).map((z) => -z));
    const p = 1 / (1 + Math.exp(-score));
    focal -=
      imageNormal[image]! * p ** 2 * Math.log(1 - p) + imageDefect[image]! * (1 - p) ** 2 * Math.log(p);
  }
  const unbiased = variance.map((value) => (value * 2 * ROWS) / (2 * ROWS - 1));
  return { loss: hinge + 0.7 * focal, hinge, focal, logits, mean, variance: unbiased };
}

describe("one step", () => {
  let graph: StepGraph;
  let session: Session;
  let start: Record<string, Tensor>;
  let results: Tensors;
  const rate = adamScalars(3, 0.01);

  beforeAll(async () => {
    graph = stepGraph({ levels, precision: "float32", recipe, scaling });
    session = await nodeRuntime({ threads: 1 }).open(graph.model);
    start = Object.fromEntries(
      graph.variables.map(({ name, dims }) => {
        const data = draw(
          name,
          dims.reduce((product, dim) => product * dim, 1),
        );
        return [name, float32(name.startsWith("second/") ? data.map(Math.abs) : data, dims)];
      }),
    );
    const column = (values: readonly number[]) => float32(values, [values.length, 1]);
    results = await session.run({
      ...start,
      level0: float32(level, [BATCH, CHANNELS, SIDE, SIDE]),
      noise: float32(noise, [ROWS, CHANNELS]),
      normal: column(asNormal),
      defect: column(asDefect),
      image_normal: column(imageNormal),
      image_defect: column(imageDefect),
      rate_aligner: float32([0], []),
      rate_discriminator: float32([rate.rate], []),
      correction: float32([rate.correction], []),
    });
  });
  afterAll(() => session.close());

  const numbers = (tensor: Tensor) => Array.from(tensor.data as Float32Array);
  const parameters = () =>
    Object.fromEntries(
      Object.keys(start)
        .filter((name) => `first/${name}` in start)
        .map((name) => [name, numbers(start[name]!)]),
    );

  test("has the variables of a two-layer discriminator", () => {
    expect(Object.keys(parameters()).sort()).toEqual([
      "discriminator.0.norm.bias",
      "discriminator.0.norm.weight",
      "discriminator.0.weight",
      "discriminator.1.weight",
    ]);
    expect([graph.rows, graph.channels, graph.drawsPatches]).toEqual([ROWS, CHANNELS, false]);
  });

  test("the loss and its parts are those of the definitions", () => {
    const { loss, hinge, focal, logits } = forward(parameters());
    const scalar = (name: string) => results[name]!.data[0];
    expect(scalar("loss")).toBeCloseTo(loss, 5);
    expect(scalar("segmentation")).toBeCloseTo(hinge, 5);
    expect(scalar("classification")).toBeCloseTo(focal, 5);
    const share = (weights: readonly number[], sign: number) =>
      logits.reduce((sum, z, r) => sum + (sign * z > 0.5 ? weights[r]! : 0), 0);
    expect(scalar("accepted")).toBeCloseTo(share(asNormal, 1), 5);
    expect(scalar("rejected")).toBeCloseTo(share(asDefect, -1), 5);
  });

  test("every parameter moves as Adam moves it along the gradient by central differences", () => {
    const at = parameters();
    for (const [name, values] of Object.entries(at)) {
      const [first, second] = [numbers(start[`first/${name}`]!), numbers(start[`second/${name}`]!)];
      for (const [i, value] of values.entries()) {
        const loss = (step: number) => forward({ ...at, [name]: values.with(i, value + step) }).loss;
        const slope = (loss(1e-5) - loss(-1e-5)) / 2e-5 + 0.01 * value;
        const m = 0.9 * first[i]! + 0.1 * slope;
        const v = 0.999 * second[i]! + 0.001 * slope ** 2;
        const moved = value - (rate.rate * m) / (Math.sqrt(v) / rate.correction + 1e-8);
        expect(numbers(results[`next/first/${name}`]!)[i]).toBeCloseTo(m, 5);
        expect(numbers(results[`next/second/${name}`]!)[i]).toBeCloseTo(v, 5);
        expect(numbers(results[`next/${name}`]!)[i]).toBeCloseTo(moved, 5);
      }
    }
  });

  test("running statistics take a tenth of the batch's", () => {
    const { mean, variance } = forward(parameters());
    for (const [part, batch] of Object.entries({ mean, variance })) {
      const name = `discriminator.0.norm.${part}`;
      const before = numbers(start[name]!);
      for (const [h, value] of numbers(results[`next/${name}`]!).entries()) {
        expect(value).toBeCloseTo(0.9 * before[h]! + 0.1 * batch[h]!, 5);
      }
    }
  });
});

test("only the drawn patches count", async () => {
  const drawing = tinyRecipe({ "discriminator.hidden": [HIDDEN], patches: 1 });
  const { model, variables, drawsPatches, rows } = stepGraph({
    levels,
    precision: "float32",
    recipe: drawing,
  });
  expect([drawsPatches, rows]).toEqual([true, BATCH]);
  const session = await nodeRuntime({ threads: 1 }).open(model);
  const half = (count: number) => float32(new Float32Array(count).fill(1 / count), [count, 1]);
  const feeds = {
    ...Object.fromEntries(
      variables.map(({ name, dims, initializer }) => [
        name,
        float32(initializer(new Random(1, name), dims), dims),
      ]),
    ),
    noise: float32(draw("noise", rows * CHANNELS), [rows, CHANNELS]),
    normal: half(2 * rows),
    defect: half(2 * rows),
    image_normal: half(2 * BATCH),
    image_defect: half(2 * BATCH),
    rate_aligner: float32([0], []),
    rate_discriminator: float32([0.01], []),
    correction: float32([1], []),
  };
  const loss = async (data: Float32Array, patches: number[]) => {
    const level0 = float32(data, [BATCH, CHANNELS, SIDE, SIDE]);
    return (await session.run({ ...feeds, level0, patches: int64(patches) }, ["loss"])).loss!.data[0];
  };
  const before = await loss(level, [1, PATCHES + 2]);
  // Patch 0 of both images; then the patch that is looked at.
  const [unseen, seen] = [level.slice(), level.slice()];
  for (let map = 0; map < BATCH * CHANNELS; map++) unseen[map * PATCHES] = 100;
  seen[1] = 100;
  expect(await loss(unseen, [1, PATCHES + 2])).toBe(before);
  expect(await loss(seen, [1, PATCHES + 2])).not.toBe(before);
  await session.close();
});

test("a recipe that asks for more patches than there are gets all of them", () => {
  const graph = stepGraph({ levels, precision: "float32", recipe: tinyRecipe({ patches: 1000 }) });
  expect([graph.rows, graph.drawsPatches]).toEqual([ROWS, false]);
});
