import { Graph } from "../../graph/index.ts";
import type { Tap } from "../backbone.ts";
import { buildNetwork } from "./build.ts";
import type { Network } from "./network.ts";

/** The taps' shapes for a square input: the graph's own shape inference tells. */
export function tapSizes(network: Network, size: number): Tap[] {
  const image = new Graph().input("image", "float32", [1, 3, size, size]);
  return buildNetwork(network, image).map((value, i) => {
    const [, channels, height, width] = value.shape as [number, number, number, number];
    return { name: network.taps[i]!.name, channels, height, width };
  });
}
