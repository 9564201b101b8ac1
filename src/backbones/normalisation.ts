import { add, concat, float32, mul, slice, type Value } from "../graph/index.ts";

/** What a network was trained to see: (pixels 0..255, its channels in order, times `scale`, minus `mean`) / `std`. */
export interface Normalisation {
  readonly channels: "rgb" | "bgr";
  /** Multiplies the pixel values before the mean is subtracted, for example 1/255. */
  readonly scale: number;
  /** Per channel, in the order that `channels` names. */
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/** Appends the normalisation of `pixels` [N, 3, H, W], RGB, 0..255. */
export function normalise(pixels: Value, { channels, scale, mean, std }: Normalisation): Value {
  const perChannel = (values: readonly number[]) => pixels.graph.constant(float32(values, [1, 3, 1, 1]));
  const ordered = channels === "rgb" ? pixels : reverseChannels(pixels);
  const scaled = mul(ordered, perChannel(std.map((deviation) => scale / deviation)));
  return add(scaled, perChannel(mean.map((value, i) => -value / std[i]!)));
}

function reverseChannels(image: Value): Value {
  return concat(
    [2, 1, 0].map((channel) => slice(image, 1, channel, channel + 1)),
    1,
  );
}
