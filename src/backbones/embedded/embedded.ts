import type { Backbone } from "../backbone.ts";
import { buildWith } from "../normalisation.ts";
import type { Normalisation } from "../spec.ts";
import { readTflite } from "../tflite/index.ts";
import { readAsset, TFLITE_SHA256 } from "./asset.ts";
import { buildNetwork } from "./build.ts";
import { convert } from "./convert.ts";
import { tapSizes } from "./tap-sizes.ts";

/**
 * The wide expansions right before the last depthwise convolution that works at stride 8 and the last of this width at
 * stride 16: 192 and 384 channels. Of this network's layers they describe a surface best (docs/method.md).
 */
const TAPS = ["expanded_conv_6", "expanded_conv_10"].map(
  (block) => `FeatureExtractor/MobilenetV2/${block}/expand/Relu6`,
);

/** RGB scaled to [-1, 1], as the package's own graph feeds the network. */
const NORMALISATION: Normalisation = { channels: "rgb", scale: 1 / 127.5, mean: [1, 1, 1], std: [1, 1, 1] };

/**
 * The backbone that needs no download: the first eleven blocks of an SSD-MobileNetV2 trained on Open Images, which the
 * npm package ships for its own purposes (Apache-2.0).
 */
export async function openEmbedded(size: number): Promise<Backbone> {
  const network = convert(readTflite(await readAsset()), TAPS);
  return {
    name: "objectron-mobilenetv2",
    source: "npm package @mediapipe/objectron 0.4.1675468480, SSD-MobileNetV2 trained on Open Images",
    licence: "Apache-2.0",
    sha256: TFLITE_SHA256,
    taps: tapSizes(network, size),
    size,
    build: buildWith(size, NORMALISATION, (image) => buildNetwork(network, image)),
  };
}
