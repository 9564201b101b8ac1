// The yardstick: one bare matrix product in the runtime, both factors fed anew with each run as a training step's are.
import { encodeModel, float32, Graph, matmul } from "../dist/graph/index.js";
import { Random } from "../dist/random.js";
import { times } from "./spread.mjs";

export const SHAPE = [3136, 1536, 1024];

export async function openMatmul(runtime) {
  const [m, k, n] = SHAPE;
  const graph = new Graph();
  graph.output("c", matmul(graph.input("a", "float32", [m, k]), graph.input("b", "float32", [k, n])));
  const random = new Random(0);
  const matrix = (rows, columns) =>
    float32(random.fillNormal(new Float32Array(rows * columns)), [rows, columns]);
  const feeds = { a: matrix(m, k), b: matrix(k, n) };
  const session = await runtime.open(encodeModel(graph));
  return {
    flops: 2 * m * k * n,
    measure: (count) => times(count, () => session.run(feeds)),
    close: () => session.close(),
  };
}
