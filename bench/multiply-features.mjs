import { writeFile } from "node:fs/promises";
import { openBackbone } from "../dist/backbones/index.js";
import { encodeModel, Graph, mul } from "../dist/graph/index.js";

/** Writes a backbone to `file` as ONNX, every feature multiplied by `factor`, and returns the specification of that file. */
export async function multiplyFeatures(spec, { size, factor, file }) {
  const backbone = await openBackbone(spec, { size });
  const graph = new Graph("multiplied");
  const pixels = graph.input("pixels", "float32", ["n", 3, size, size]);
  const taps = backbone.taps.map((_, i) => `tap${i}`);
  for (const [i, value] of backbone.build(pixels).entries()) graph.output(taps[i], mul(value, factor));
  await writeFile(file, encodeModel(graph));
  const normalisation = { channels: "rgb", scale: 1, mean: [0, 0, 0], std: [1, 1, 1] };
  return { kind: "onnx", file, taps, normalisation };
}
