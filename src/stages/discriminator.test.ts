import { describe, expect, it } from "vitest";
import { batchNorm, concat, Graph, gradients, reshape, type Value } from "../graph/index.ts";
import { discriminate, project } from "./discriminator.ts";
import { fuse } from "./fuser.ts";
import { focal, imageScores, truncatedL1 } from "./loss.ts";
import {
  type GoldenTensor,
  golden,
  InputContext,
  relativeError,
  runOnce,
  tensor,
  transposed,
} from "./testing/golden.ts";

const { inputs, losses, logits: goldenLogits, runningBefore, runningAfter, momentum } = golden.discriminator;

/** PyTorch's names for ours. */
const NAMES: Record<string, string> = {
  "discriminator.0.weight": "linear1.weight",
  "discriminator.0.norm.weight": "norm1.weight",
  "discriminator.0.norm.bias": "norm1.bias",
  "discriminator.1.weight": "linear2.weight",
  "discriminator.1.norm.weight": "norm2.weight",
  "discriminator.1.norm.bias": "norm2.bias",
  "discriminator.2.weight": "linear3.weight",
};

function build() {
  const graph = new Graph();
  const context = new InputContext(graph, {
    batchNorm(self, name, x) {
      const dims = [1, x.shape[1] as number];
      const result = batchNorm(
        x,
        self.parameter(`${name}.weight`, dims),
        self.parameter(`${name}.bias`, dims),
      );
      graph.output(`${name} mean`, result.mean);
      graph.output(`${name} variance`, result.variance);
      return result.y;
    },
  });
  const options = { hidden: [6, 4] };
  const clean = graph.input("true", "float32", [8, 5]);
  const noise = graph.input("noise", "float32", [8, 5]);
  const toHidden = project(context, 5, options);
  const hidden = toHidden(clean);
  const logits = discriminate(context, concat([hidden, fuse(hidden, toHidden(noise))], 0), options);
  return { graph, context, clean, noise, logits };
}

function halves(graph: Graph, rows: number): [Value, Value] {
  const indicator = (high: boolean, weight: number) =>
    graph.constant(
      tensor({
        dims: [rows, 1],
        data: Array.from({ length: rows }, (_, i) => (i < rows / 2 === high ? weight : 0)),
      }),
    );
  const weight = rows === 16 ? 1 / 8 : 1 / rows;
  return [indicator(true, weight), indicator(false, weight)];
}

const lossOf: Record<string, (graph: Graph, logits: Value) => Value> = {
  truncatedL1: (graph, logits) => truncatedL1(logits, ...halves(graph, 16), 0.5),
  focal2: (graph, logits) => focal(imageScores(logits, 4), ...halves(graph, 4), 2),
  focal4: (graph, logits) => focal(imageScores(logits, 4), ...halves(graph, 4), 4),
};

describe("three-layer discriminator", () => {
  it.each(Object.keys(lossOf))("agrees with PyTorch under %s, in every gradient", async (name) => {
    const { graph, context, clean, noise, logits } = build();
    const loss = lossOf[name]!(graph, logits);
    const targets = new Map([["true", clean], ["noise", noise], ...context.parameters]);
    const derived = gradients(loss, [...targets.values()]);
    graph.output("loss", loss);
    graph.output("logits", reshape(logits, [16]));
    for (const [i, target] of [...targets.keys()].entries()) graph.output(`d ${target}`, derived[i]!);

    const results = await runOnce(graph, feeds(context));
    const expected = losses[name] as { loss: number; gradients: Record<string, GoldenTensor> };
    expect(relativeError(results.logits!, goldenLogits)).toBeLessThan(1e-5);
    expect(Number(results.loss!.data[0])).toBeCloseTo(expected.loss, 5);
    // Ours reads clean features and noise; PyTorch read both halves: true = clean, fake = clean + noise.
    const { true: dTrue, fake: dFake } = expected.gradients as { true: GoldenTensor; fake: GoldenTensor };
    const both = dTrue.data.map((value, i) => value + dFake.data[i]!);
    expect(relativeError(results["d true"]!, { data: both })).toBeLessThan(5e-5);
    expect(relativeError(results["d noise"]!, dFake)).toBeLessThan(5e-5);
    for (const [ours, theirs] of Object.entries(NAMES)) {
      expect(
        relativeError(results[`d ${ours}`]!, oriented(ours, expected.gradients[theirs]!)),
        ours,
      ).toBeLessThan(5e-5);
    }
  });

  it("gives the statistics that PyTorch's running averages are made of", async () => {
    const { graph, context, logits } = build();
    graph.output("logits", logits);
    const results = await runOnce(graph, feeds(context));
    for (const layer of [1, 2]) {
      for (const part of ["mean", "variance"] as const) {
        const before = runningBefore[`norm${layer}`][part].data as number[];
        // PyTorch's layers have a bias before the norm, which shifts the mean and nothing else.
        const bias = part === "mean" ? (inputs[`linear${layer}.bias`].data as number[]) : [];
        const batch = results[`discriminator.${layer - 1}.norm ${part}`]!.data;
        const after = before.map(
          (value, i) => (1 - momentum) * value + momentum * (Number(batch[i]) + (bias[i] ?? 0)),
        );
        expect(
          relativeError(tensor({ dims: [after.length], data: after }), runningAfter[`norm${layer}`][part]),
        ).toBeLessThan(1e-5);
      }
    }
  });
});

function feeds(context: InputContext) {
  const fake = inputs.fake.data as number[];
  const noise = fake.map((value, i) => value - inputs.true.data[i]);
  const parameters = [...context.parameters].map(([name, value]) => {
    const { data } = oriented(name, inputs[NAMES[name]!]);
    return [name, tensor({ dims: [...(value.shape as number[])], data })] as const;
  });
  return {
    true: tensor(inputs.true),
    noise: tensor({ dims: [8, 5], data: noise }),
    ...Object.fromEntries(parameters),
  };
}

function oriented(ours: string, value: GoldenTensor): GoldenTensor {
  return /\d\.weight$/.test(ours) ? transposed(value) : value;
}

it("weights every element of the losses as told", async () => {
  const graph = new Graph();
  const logits = graph.input("z", "float32", [3, 1]);
  const [normal, defect] = ["n", "d"].map((name) => graph.input(name, "float32", [3, 1])) as [Value, Value];
  graph.output("l1", truncatedL1(logits, normal, defect, 0.5));
  graph.output("focal", focal(logits, normal, defect, 2));
  const column = (...data: number[]) => tensor({ dims: [3, 1], data });
  const { l1, focal: cross } = await runOnce(graph, {
    z: column(0.2, -0.3, 2),
    n: column(1, 0, 0.25),
    d: column(0, 2, 0),
  });
  expect(Number(l1!.data[0])).toBeCloseTo(0.3 + 2 * 0.2, 6);
  const p = (x: number) => 1 / (1 + Math.exp(-x));
  const asNormal = (x: number) => -(p(x) ** 2) * Math.log(1 - p(x));
  const asDefect = (x: number) => -((1 - p(x)) ** 2) * Math.log(p(x));
  expect(Number(cross!.data[0])).toBeCloseTo(asNormal(0.2) + 2 * asDefect(-0.3) + 0.25 * asNormal(2), 5);
});
