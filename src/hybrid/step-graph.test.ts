import { describe, expect, test } from "vitest";
import { float32, nodeRuntime, type Tensor, type Tensors } from "../graph/index.ts";
import { Random } from "../random.ts";
import { METHODS, recipe } from "../recipes/index.ts";
import { adamScalars } from "../training/index.ts";
import { type HybridStep, hybridStep } from "./step-graph.ts";

const [WIDTH, HIDDEN, ROWS] = [3, 4, 7];
const MARGIN = 0.25;
const PAINTED = 3;
const runtime = nodeRuntime({ threads: 1 });

const settings = (overrides: Readonly<Record<string, unknown>> = {}) =>
  recipe(METHODS.hybrid, {
    "discriminator.hidden": [HIDDEN],
    "loss.margin": MARGIN,
    patches: ROWS,
    ...overrides,
  });
const draw = (count: number, ...key: (string | number)[]) =>
  new Random(2, ...key).fillNormal(new Float32Array(count));

/** Random variables, those that are squares positive. */
function variables(step: HybridStep): Record<string, Tensor> {
  const entries = step.variables.map(({ name, dims }) => {
    const data = draw(
      dims.reduce((product, dim) => product * dim, 1),
      name,
    );
    return [name, float32(name.startsWith("second/") ? data.map(Math.abs) : data, dims)] as const;
  });
  return Object.fromEntries(entries);
}

/** Rows of each kind, those of noise not yet added. */
function inputs(step: HybridStep, at = 0): Record<string, Tensor> {
  const rows = (name: string, count: number) => float32(draw(count * WIDTH, name, at), [count, WIDTH]);
  return {
    normal: rows("normal", step.rows),
    noise: rows("noise", step.rows),
    ...(step.painted > 0 && {
      painted_defect: rows("painted_defect", step.painted),
      painted_normal: rows("painted_normal", step.painted),
    }),
    rate: float32([0], []),
    correction: float32([1], []),
  };
}

async function run(step: HybridStep, feeds: Tensors) {
  const session = await runtime.open(step.model);
  const results = await session.run(feeds);
  await session.close();
  return (name: string) => Number(results[name]!.data[0]);
}

/** The logits [R][outputs] of a discriminator of two layers, from the definition. */
function logits(weights: Tensors, rows: readonly (readonly number[])[], outputs: number): number[][] {
  const of = (name: string) => Array.from(weights[name]!.data as Float32Array);
  const first = of("discriminator.0.weight");
  const [scale, shift] = [of("discriminator.0.norm.weight"), of("discriminator.0.norm.bias")];
  const last = of("discriminator.1.weight");
  const hidden = rows.map((row) =>
    scale.map((_, h) => row.reduce((sum, value, c) => sum + value * first[c * HIDDEN + h]!, 0)),
  );
  const mean = scale.map((_, h) => hidden.reduce((sum, row) => sum + row[h]!, 0) / rows.length);
  const variance = mean.map((m, h) => hidden.reduce((sum, row) => sum + (row[h]! - m) ** 2, 0) / rows.length);
  return hidden.map((row) => {
    const active = row.map((value, h) => {
      const y = ((value - mean[h]!) / Math.sqrt(variance[h]! + 1e-5)) * scale[h]! + shift[h]!;
      return y > 0 ? y : 0.2 * y;
    });
    return Array.from({ length: outputs }, (_, o) =>
      active.reduce((sum, value, h) => sum + value * last[h * outputs + o]!, 0),
    );
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What a step says of itself, in double precision. */
function expected(step: HybridStep, feeds: Tensors) {
  const rows = (name: string) => {
    const data = Array.from((feeds[name]?.data as Float32Array | undefined) ?? []);
    return Array.from({ length: data.length / WIDTH }, (_, i) => data.slice(i * WIDTH, (i + 1) * WIDTH));
  };
  const noise = rows("noise");
  const normal = rows("normal");
  const noised = normal.map((row, i) => row.map((value, c) => value + noise[i]![c]!));
  const all = [...normal, ...noised, ...rows("painted_defect"), ...rows("painted_normal")];
  const values = logits(feeds, all, step.painted > 0 ? 2 : 1);
  const first = values.map(([value]) => value!);
  const segmentation =
    mean(first.slice(0, ROWS).map((z) => Math.max(0, MARGIN - z))) +
    mean(first.slice(ROWS, 2 * ROWS).map((z) => Math.max(0, MARGIN + z)));
  let classification = 0;
  if (step.painted > 0) {
    const second = values.map(([, value]) => value!);
    const defects = second.slice(2 * ROWS, 2 * ROWS + PAINTED);
    const good = [...second.slice(0, ROWS), ...second.slice(2 * ROWS + PAINTED)];
    classification =
      mean(defects.map((z) => Math.log(1 + Math.exp(z)))) + mean(good.map((z) => Math.log(1 + Math.exp(-z))));
  }
  return {
    loss: segmentation + classification,
    segmentation,
    classification,
    accepted: mean(first.slice(0, ROWS).map((z) => Number(z > MARGIN))),
    rejected: mean(first.slice(ROWS, 2 * ROWS).map((z) => Number(z < -MARGIN))),
  };
}

describe.each([
  ["with painting", {}, PAINTED],
  ["without painting", { painting: "none" }, 0],
])("one step %s", (_, overrides, painted) => {
  const step = hybridStep(settings(overrides), WIDTH);

  test("reads so many rows, and as many logits as kinds of pseudo-defects", () => {
    expect(step).toMatchObject({ rows: ROWS, painted });
    const last = step.variables.find(({ name }) => name === "discriminator.1.weight");
    expect(last!.dims).toEqual([HIDDEN, painted > 0 ? 2 : 1]);
  });

  test("has the losses and shares of the definitions", async () => {
    for (let at = 0; at < 4; at++) {
      const feeds = { ...variables(step), ...inputs(step, at) };
      const result = await run(step, feeds);
      for (const [name, value] of Object.entries(expected(step, feeds))) {
        expect(Math.abs(result(name) - value), name).toBeLessThan(1e-4 * (1 + value));
      }
    }
  });
});

test("step by step the loss falls until nearly all rows are told apart", async () => {
  const step = hybridStep(settings({ patches: 40, "optimizer.weightDecay": 0 }), WIDTH);
  let state: Tensors = Object.fromEntries(
    step.variables.map(({ name, dims, initializer }) => [
      name,
      float32(initializer(new Random(1, name), dims), dims),
    ]),
  );
  const around = (count: number, centre: readonly number[], ...key: (string | number)[]) =>
    float32(
      draw(count * WIDTH, ...key).map((value, i) => 0.2 * value + centre[i % WIDTH]!),
      [count, WIDTH],
    );
  const session = await runtime.open(step.model);
  const losses: number[] = [];
  let shares: number[] = [];
  for (let at = 0; at < 150; at++) {
    const { rate, correction } = adamScalars(at + 1, 0.02);
    const results = await session.run({
      ...state,
      normal: around(step.rows, [0, 0, 0], "good", at),
      noise: around(step.rows, [2, 0, 0], "far", at),
      painted_defect: around(step.painted, [0, 2, 0], "defect", at),
      painted_normal: around(step.painted, [0, 0, 0], "beside", at),
      rate: float32([rate], []),
      correction: float32([correction], []),
    });
    losses.push(Number(results.loss!.data[0]));
    shares = ["accepted", "rejected"].map((name) => Number(results[name]!.data[0]));
    state = Object.fromEntries(step.variables.map(({ name }) => [name, results[`next/${name}`]!]));
  }
  await session.close();
  expect(mean(losses.slice(-10))).toBeLessThan(0.2 * mean(losses.slice(0, 5)));
  for (const share of shares) expect(share).toBeGreaterThan(0.9);
});
