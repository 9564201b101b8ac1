// The backbone alone, from pixels to its taps, and a whole inspection, from a decoded image to score and map.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openBackbone } from "../dist/backbones/index.js";
import { encodeModel, float32, Graph } from "../dist/graph/index.js";
import { load, recipe, train } from "../dist/index.js";
import { countFlops } from "./flops.mjs";
import { times } from "./spread.mjs";
import { noiseImage } from "./synthetic.mjs";

export const SIDE = 256;

export async function openBackboneRun({ spec, runtime }) {
  const backbone = await openBackbone(spec, { size: SIDE });
  const graph = new Graph();
  const dims = [1, 3, SIDE, SIDE];
  const taps = backbone.build(graph.input("pixels", "float32", dims));
  for (const [i, tap] of taps.entries()) graph.output(`tap${i}`, tap);
  const feeds = { pixels: float32(Float32Array.from(noiseImage(0, SIDE).data), dims) };
  const model = encodeModel(graph);
  const session = await runtime.open(model);
  return {
    name: backbone.name,
    flops: await countFlops(model, feeds, runtime),
    measure: (count) => times(count, () => session.run(feeds)),
    close: () => session.close(),
  };
}

/** A model trained for a few steps with the default recipe: its weights do not matter to its speed. */
export async function openInspection({ spec, data, folder, runtime, threads }) {
  const { modelPath } = await train({
    data,
    output: join(folder, "model.onnx"),
    recipe: recipe("noise", { length: { steps: 2 } }),
    backbone: spec,
    threads,
  });
  const image = noiseImage(0, SIDE);
  const feeds = { image: { dtype: "uint8", dims: [SIDE, SIDE, 3], data: image.data } };
  const model = await load(modelPath, { threads });
  return {
    flops: await countFlops(await readFile(modelPath), feeds, runtime),
    measure: (count) => times(count, () => model.score(image)),
    close: () => model.close(),
  };
}
