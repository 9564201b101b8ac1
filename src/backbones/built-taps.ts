import { Graph, type Value } from "../graph/index.ts";
import { cellGrid } from "../pixels/index.ts";
import type { Tap } from "./backbone.ts";

/** The taps of a network that is built as a graph, for a square input: the graph's own shape inference tells. */
export function builtTaps(build: (image: Value) => Value[], names: readonly string[], size: number): Tap[] {
  const image = new Graph().input("image", "float32", [1, 3, size, size]);
  return build(image).map(({ shape }, i) => {
    const [, channels, height, width] = shape as [number, number, number, number];
    return { name: names[i]!, channels, height, width, grid: cellGrid(height, width) };
  });
}
