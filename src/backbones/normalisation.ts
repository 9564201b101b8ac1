import { RsadError } from "../errors.ts";
import { add, concat, float32, mul, slice, type Value } from "../graph/index.ts";
import type { Backbone } from "./backbone.ts";
import type { Normalisation } from "./spec.ts";

/** RGB in [0, 1], standardised by the mean and deviation of ImageNet's channels: what most networks were trained to see. */
export const IMAGENET_NORMALISATION: Normalisation = {
  channels: "rgb",
  scale: 1 / 255,
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};

/** {@link Backbone.build} of a network that takes its image normalised, float32 [N, 3, size, size]. */
export function buildWith(
  size: number,
  normalisation: Normalisation,
  network: (image: Value) => Value[],
): Backbone["build"] {
  return (pixels) => {
    const { dtype, shape } = pixels;
    if (dtype !== "float32" || shape.length !== 4 || shape.slice(1).join() !== `3,${size},${size}`) {
      throw new RsadError("RSAD_ARGUMENT_INVALID", {
        subject: "the pixels of a backbone",
        expected: `float32 [N, 3, ${size}, ${size}]`,
        received: `${dtype} [${shape.join(", ")}]`,
        hint: "Open the backbone for the size that it is used with.",
      });
    }
    return network(normalise(pixels, normalisation));
  };
}

/** Appends the normalisation of `pixels` [N, 3, H, W], RGB, 0..255. */
function normalise(pixels: Value, { channels, scale, mean, std }: Normalisation): Value {
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
