import type { Value } from "../../graph/index.ts";
import type { Backbone } from "../backbone.ts";
import { builtTaps } from "../built-taps.ts";
import { cached } from "../cache.ts";
import { buildWith } from "../normalisation.ts";
import type { Normalisation } from "../spec.ts";
import { readTflite } from "../tflite/index.ts";
import { readAsset, TFLITE_BYTES, TFLITE_SHA256 } from "./asset.ts";
import { buildNetwork } from "./build.ts";
import { convert } from "./convert.ts";
import { lookPlaces } from "./look-places.ts";
import type { HalfTensor, Network } from "./network.ts";
import { decodeNetwork, encodeNetwork } from "./network-file.ts";

/**
 * The last expansion of 192 channels, at stride 8, and the last of 384, at stride 16: each is the input of a depthwise
 * convolution, where the network is widest.
 */
const TAPS = ["expanded_conv_6", "expanded_conv_10"].map(
  (block) => `FeatureExtractor/MobilenetV2/${block}/expand/Relu6`,
);

/**
 * How far below and to the right of the middle of its windows each tap looks, in pixels: what it learned takes a part of what one-sided
 * padding does back. Measured by bench/backbone-centres.mjs; see docs/method.md.
 */
const LEARNED = [-0.9, -2.5];

/** RGB scaled to [-1, 1], as the package's own graph feeds the network. */
const NORMALISATION: Normalisation = { channels: "rgb", scale: 1 / 127.5, mean: [1, 1, 1], std: [1, 1, 1] };

/** Of the converted network as {@link encodeNetwork} writes it; changes with the conversion and with the taps. */
export const CONVERTED_SHA256 = "579bb16e3a61fff056dbede3f6bc317703f206868617124091f2fb82338a44a4";

/** What there is to say of it without opening it. */
export const EMBEDDED = {
  name: "objectron-mobilenetv2",
  source: "npm package @mediapipe/objectron 0.4.1675468480, SSD-MobileNetV2 trained on Open Images",
  licence: "Apache-2.0",
  sha256: TFLITE_SHA256,
  bytes: TFLITE_BYTES,
  taps: TAPS,
  normalisation: NORMALISATION,
};

/**
 * The backbone that needs no download: the first eleven blocks of an SSD-MobileNetV2 trained on Open Images, which the
 * npm package @mediapipe/objectron ships for its own purposes (Apache-2.0). Converted once, then read from the cache.
 */
export async function openEmbedded(size: number, cacheDir?: string): Promise<Backbone> {
  const { name, source, licence, sha256 } = EMBEDDED;
  const converted = await cached({ name, sha256: CONVERTED_SHA256, cacheDir }, async () =>
    encodeNetwork(convert(readTflite(await readAsset()), TAPS)),
  );
  const network = decodeNetwork(converted);
  const build = (image: Value) => buildNetwork(network, image);
  const grids = lookPlaces(network, size, LEARNED);
  return {
    name,
    source,
    licence,
    sha256,
    taps: builtTaps(build, TAPS, size).map((tap, i) => ({ ...tap, grid: grids[i]! })),
    parameters: countWeights(network),
    size,
    build: buildWith(size, NORMALISATION, build),
  };
}

function countWeights({ layers }: Network): number {
  const values = ({ bits }: HalfTensor) => bits.length;
  return layers.reduce(
    (sum, layer) => sum + (layer.kind === "add" ? 0 : values(layer.weight) + values(layer.bias)),
    0,
  );
}
