import type { Axis, Grid } from "../../pixels/index.ts";
import type { Network } from "./network.ts";
import { samePadding } from "./same-padding.ts";

/**
 * Where a network's taps look in a square image of `size` pixels: the middles of their windows, by strides and paddings, and from
 * there `learned` pixels down and to the right, by tap. Of an addition both sides look at the same place.
 */
export function lookPlaces(network: Network, size: number, learned: readonly number[]): Grid[] {
  // Pixels are counted from their edges: the middle of the first is at a half.
  const places: Axis[] = [{ count: size, first: 0.5, step: 1 }];
  for (const layer of network.layers) {
    const { count, first, step } = places[layer.kind === "add" ? layer.inputs[0] : layer.input]!;
    if (layer.kind === "add") {
      places.push({ count, first, step });
      continue;
    }
    const kernel = layer.weight.dims[2]!;
    const [before] = samePadding(count, kernel, layer.stride);
    places.push({
      count: Math.ceil(count / layer.stride),
      first: first + step * ((kernel - 1) / 2 - before),
      step: step * layer.stride,
    });
  }
  return network.taps.map(({ value }, tap) => {
    const { count, first, step } = places[value]!;
    const axis = { count, first: (first + learned[tap]!) / size, step: step / size };
    return { rows: axis, columns: axis };
  });
}
