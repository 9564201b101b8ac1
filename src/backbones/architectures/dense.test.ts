import { expect, test } from "vitest";
import { float32 } from "../../graph/index.ts";
import { runGraph } from "../../graph/testing/run-graph.ts";
import { Dense } from "./dense.ts";

/** What a layer of two inputs gives for (1, 10). */
async function apply(layer: Dense): Promise<number[]> {
  const { y } = await runGraph((graph) => ({ y: layer.apply(graph.constant(float32([1, 10], [1, 2]))) }));
  return y.data;
}

const layer = () => new Dense(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), Float32Array.of(0.1, 0.2, 0.3, 0.4));

test("multiplies with the weight and adds the bias", async () => {
  expect(await apply(layer())).toEqual([21.1, 43.2, 65.3, 87.4].map(Math.fround));
});

test("parts give the outputs of the whole, and are scaled alone", async () => {
  const [first, second] = layer().split(2);
  second!.scale((output) => 10 ** output);
  expect(await apply(first!)).toEqual([21.1, 43.2].map(Math.fround));
  expect(await apply(second!)).toEqual([65.3, 874].map(Math.fround));
});
