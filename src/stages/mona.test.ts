import { expect, it } from "vitest";
import { Graph, gradients, mul, reduceSum } from "../graph/index.ts";
import { mona } from "./mona.ts";
import { golden, InputContext, relativeError, runOnce, tensor, transposed } from "./testing/golden.ts";

it("agrees with PyTorch, forward and in every gradient", async () => {
  const { inputs, output, weights, gradients: slopes, height, width, keep, mask } = golden.mona;
  const graph = new Graph();
  const rows = graph.input("x", "float32", [40, 12]);
  const kept = graph.constant(
    tensor({ dims: [40, 8], data: mask.data.map((value: number) => value / keep) }),
  );
  const context = new InputContext(graph, { dropout: (_name, x) => mul(x, kept) });
  const features = { rows, images: 2, height, width };
  const aligned = mona(context, "m", features, { width: 8, dropout: 0.1 }).rows;

  const loss = reduceSum(
    mul(aligned, graph.constant(tensor({ dims: [40, 12], data: weights.data }))),
    undefined,
    false,
  );
  const targets = new Map([["x", rows], ...context.parameters]);
  const derived = gradients(loss, [...targets.values()]);
  graph.output("y", aligned);
  for (const [i, name] of [...targets.keys()].entries()) graph.output(`d ${name}`, derived[i]!);

  const ours = (name: string, values: Record<string, never>) => {
    const value = values[name.replace(/^m\./, "")]!;
    return /(down|up)\.weight$/.test(name) ? transposed(value) : value;
  };
  const feeds = Object.fromEntries(
    [...targets].map(([name, value]) => {
      const { data } = ours(name, inputs);
      return [name, tensor({ dims: [...(value.shape as number[])], data })];
    }),
  );
  const results = await runOnce(graph, feeds);
  expect(relativeError(results.y!, output)).toBeLessThan(1e-5);
  for (const name of targets.keys()) {
    expect(relativeError(results[`d ${name}`]!, ours(name, slopes)), name).toBeLessThan(2e-5);
  }
});

it("has 214,016 parameters at the paper's width", () => {
  const graph = new Graph();
  const context = new InputContext(graph);
  const rows = graph.input("x", "float32", [4, 1536]);
  mona(context, "m", { rows, images: 1, height: 2, width: 2 }, { width: 64, dropout: 0 });
  const counts = [...context.parameters.values()].map((value) =>
    (value.shape as number[]).reduce((product, dim) => product * dim, 1),
  );
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(214_016);
});
