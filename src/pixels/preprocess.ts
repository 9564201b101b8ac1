import {
  add,
  cast,
  div,
  expand,
  type Graph,
  maximum,
  minimum,
  mul,
  slice,
  sub,
  transpose,
  type Value,
} from "../graph/index.ts";
import type { Mask } from "./image.ts";
import { padAround, resize, type Sides, sizeOf, squeeze, unsqueeze, window } from "./resizing.ts";

/**
 * How an image of any size meets the network's square input of `size` pixels a side.
 * - `stretch`: both sides to `size`; the whole image, its aspect ratio changed.
 * - `pad`: the longer side to `size`, the rest filled by repeating the border; the whole image, aspect kept.
 * - `crop`: the shorter side to `resize`, then the centre; aspect kept, the border is not inspected.
 */
export type Preprocessing =
  | { readonly fit: "stretch" | "pad"; readonly size: number }
  | { readonly fit: "crop"; readonly size: number; readonly resize: number };

export interface PreprocessedImage {
  /** float32 [1, 3, size, size], RGB, 0..255. */
  readonly pixels: Value;
  /** From a map in the network's frame, [1, 1, size, size], to the part of it that shows the image, [1, 1, h, w]. */
  readonly inspected: (map: Value) => Value;
  /** The same map in the image's own frame, [height, width]; NaN where the network did not look. */
  readonly toImageFrame: (map: Value) => Value;
  /** Stretches a mask of what is to be inspected over the image. */
  readonly region: (mask: Mask) => PreprocessedRegion;
}

/** A mask of what is to be inspected, stretched over an image. */
export interface PreprocessedRegion {
  /** float32 [1, 1, size, size]: which share of each pixel of the network's frame is to be inspected. */
  readonly seen: Value;
  /** float32 [height, width]: 1 for the image's own pixels that are to be inspected, 0 for others. */
  readonly inImage: Value;
}

/** Declares the graph input for a decoded image: uint8 [height, width, 3], of any height and width. */
export function imageInput(graph: Graph): Value {
  return graph.input("image", "uint8", ["height", "width", 3]);
}

const IMAGE: Sides = ["height", "width"];
const FITTED: Sides = ["fitted_height", "fitted_width"];

/** Antialiased resizing as graph nodes, so that the same pixels give the same score wherever the model runs. */
export function preprocess(image: Value, preprocessing: Preprocessing): PreprocessedImage {
  const { size } = preprocessing;
  const g = image.graph;
  const square: Sides = [size, size];
  const squareSize = g.integers([size, size]);
  const original = sizeOf(image, 0);
  const planes = unsqueeze(cast(transpose(image, [2, 0, 1]), "float32"));
  const stretch = (mask: Mask, seen: (whole: Value) => Value): PreprocessedRegion => {
    const { width, height, data } = mask;
    const whole = cast(
      g.constant({ dtype: "uint8", dims: [1, 1, height, width], data }, "region"),
      "float32",
    );
    return { seen: seen(whole), inImage: squeeze(resize(whole, original, IMAGE, "nearest")) };
  };
  switch (preprocessing.fit) {
    case "stretch":
      return {
        pixels: resize(planes, squareSize, square, "antialias"),
        inspected: (map) => map,
        toImageFrame: (map) => squeeze(resize(map, original, IMAGE, "linear")),
        region: (mask) => stretch(mask, (whole) => resize(whole, squareSize, square, "antialias")),
      };
    case "pad": {
      const inner = fittedSize(original, size, "longer");
      const before = half(sub(squareSize, inner));
      const after = sub(sub(squareSize, inner), before);
      const inspected = (map: Value) => window(map, before, inner, FITTED);
      const fitted = resize(planes, inner, FITTED, "antialias");
      return {
        pixels: padAround(fitted, before, after, "edge", square),
        inspected,
        toImageFrame: (map) => squeeze(resize(inspected(map), original, IMAGE, "linear")),
        region: (mask) =>
          stretch(mask, (whole) => {
            const fitted = resize(whole, inner, FITTED, "antialias");
            return padAround(fitted, before, after, "zero", square);
          }),
      };
    }
    case "crop": {
      const outer = fittedSize(original, preprocessing.resize, "shorter");
      const before = half(sub(outer, squareSize));
      const after = sub(sub(outer, squareSize), before);
      const fitted = resize(planes, outer, FITTED, "antialias");
      return {
        pixels: window(fitted, before, squareSize, square),
        inspected: (map) => map,
        toImageFrame: (map) => {
          const whole = padAround(map, before, after, "edge", FITTED);
          // Interpolating between a number and NaN would give away pixels at the border that were inspected; so the frame
          // of NaN comes afterwards, around every pixel whose centre lies in the crop.
          const seen = expand(g.scalar(0), [1, 1, ...square]);
          const frame = padAround(seen, before, after, "nan", FITTED);
          return squeeze(
            add(resize(whole, original, IMAGE, "linear"), resize(frame, original, IMAGE, "nearest")),
          );
        },
        region: (mask) =>
          stretch(mask, (whole) =>
            window(resize(whole, outer, FITTED, "antialias"), before, squareSize, square),
          ),
      };
    }
  }
}

/** [height, width] at which the longer or shorter side is `side`, the other one rounded and at least 1. */
function fittedSize(original: Value, side: number, which: "longer" | "shorter"): Value {
  const g = original.graph;
  const [height, width] = [slice(original, 0, 0, 1), slice(original, 0, 1, 2)];
  const fixed = which === "longer" ? maximum(height, width) : minimum(height, width);
  const two = g.integers([2]);
  const doubled = add(mul(original, g.integers([2 * side])), fixed);
  return maximum(div(doubled, mul(fixed, two)), g.integers([1]));
}

function half(x: Value): Value {
  return div(x, x.graph.integers([2]));
}
