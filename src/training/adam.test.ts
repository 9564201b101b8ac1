import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { encodeModel, float32, Graph, nodeRuntime, type Tensor } from "../graph/index.ts";
import { adam, adamScalars } from "./adam.ts";

const { adam: golden } = JSON.parse(
  readFileSync(new URL("../stages/stages.golden.json", import.meta.url), "utf8"),
);

it.each([
  ["with weight decay", "values"],
  ["with decoupled weight decay", "decoupled"],
])("takes PyTorch's steps %s, with a rate for each group", async (_name, expected) => {
  const decoupled = expected === "decoupled";
  for (const group of golden.groups) {
    const graph = new Graph();
    const vector = (name: string) => graph.input(name, "float32", [4]);
    const scalar = (name: string) => graph.input(name, "float32", []);
    const next = adam(
      vector("gradient"),
      { parameter: vector("parameter"), first: vector("first"), second: vector("second") },
      {
        rate: scalar("rate"),
        correction: scalar("correction"),
        weightDecay: decoupled ? 0 : golden.weightDecay,
        shrink: decoupled ? scalar("shrink") : undefined,
      },
    );
    for (const [name, value] of Object.entries(next)) graph.output(`next ${name}`, value);
    const session = await nodeRuntime({ threads: 1 }).open(encodeModel(graph));
    const zero = float32([0, 0, 0, 0], [4]);
    let state: Record<string, Tensor> = {
      parameter: float32(group.start.data, [4]),
      first: zero,
      second: zero,
    };
    for (const [i, gradient] of group.gradients.entries()) {
      const { rate, correction } = adamScalars(i + 1, group.rate);
      const result = await session.run({
        ...state,
        gradient: float32(gradient.data, [4]),
        rate: float32([rate], []),
        correction: float32([correction], []),
        ...(decoupled && { shrink: float32([group.rate * golden.weightDecay], []) }),
      });
      state = Object.fromEntries(Object.keys(state).map((name) => [name, result[`next ${name}`]!]));
      const values = state.parameter!.data as Float32Array;
      for (let k = 0; k < 4; k++) expect(values[k]).toBeCloseTo(group[expected][i].data[k], 5);
    }
    await session.close();
  }
});
