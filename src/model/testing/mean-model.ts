import { cast, Graph, reduceMax, reduceMean } from "../../graph/index.ts";
import { imageInput } from "../../pixels/index.ts";
import { recipe } from "../../recipes/index.ts";
import { encodeModelFile, type ModelMetadata } from "../index.ts";

/** The metadata of a made-up model that was calibrated on the scores 10, 20, ..., 90. */
export const metadata: ModelMetadata = {
  format: 3,
  createdWith: "0.0.0",
  backbone: { name: "b", sha256: "0", licence: "l", source: "s", taps: ["t"] },
  recipe: recipe("noise"),
  seed: 0,
  data: { name: "d", count: 90, sha256: "1", trained: 81, heldOut: 9 },
  threshold: {
    image: 90.5,
    pixel: 80,
    rule: "a rule",
    count: 9,
    scores: [10, 20, 30, 40, 50, 60, 70, 80, 90],
    falseReject: { asked: 0.1, promised: 0.1, interval: [0.003, 0.34] },
  },
};

/** A model whose map is the mean over the colours and whose score is the map's maximum. */
export function meanModel(given: ModelMetadata = metadata): Uint8Array {
  const graph = new Graph();
  const map = reduceMean(cast(imageInput(graph), "float32"), [2], false);
  graph.output("anomaly_map", map);
  graph.output("score", reduceMax(map, undefined, false));
  return encodeModelFile(graph, given);
}

/** An image of one colour but for one pixel, which is grey of `score`, so that {@link meanModel} gives it that score. */
export function imageOf(score: number, width = 4, height = 3) {
  const data = new Uint8Array(width * height * 3).fill(1);
  return { width, height, data: data.fill(score, 3, 6) };
}
