import type { HalfTensor } from "./network.ts";

/** TFLite's convolution weights [out, height, width, in] in ONNX's order, [out, in, height, width]. */
export function ohwiToOihw(weight: HalfTensor): HalfTensor {
  const [out = 0, height = 0, width = 0, channels = 0] = weight.dims;
  const bits = new Uint16Array(weight.bits.length);
  const area = height * width;
  for (let o = 0; o < out; o++) {
    for (let p = 0; p < area; p++) {
      for (let c = 0; c < channels; c++) {
        bits[(o * channels + c) * area + p] = weight.bits[(o * area + p) * channels + c]!;
      }
    }
  }
  return { dims: [out, channels, height, width], bits };
}

/** TFLite's depthwise weights [1, height, width, channels] in ONNX's order, [channels, 1, height, width]. */
export function depthwiseToOihw(weight: HalfTensor): HalfTensor {
  const [, height = 0, width = 0, channels = 0] = weight.dims;
  const { bits } = ohwiToOihw({ dims: [1, height, width, channels], bits: weight.bits });
  return { dims: [channels, 1, height, width], bits };
}
