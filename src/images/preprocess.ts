import { add, cast, div, type Graph, sub, transpose, type Value } from "../graph/index.ts";

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
}

/** Declares the graph input for a decoded image: uint8 [height, width, 3], of any height and width. */
export function imageInput(graph: Graph): Value {
  return graph.input("image", "uint8", ["height", "width", 3]);
}

/** Antialiased resizing as graph nodes, so that the same pixels give the same score wherever the model runs. */
export function preprocess(image: Value, preprocessing: Preprocessing): PreprocessedImage {
  const { size } = preprocessing;
  const g = image.graph;
  const original = sizeOf(image, 0);
  const planes = unsqueeze(cast(transpose(image, [2, 0, 1]), "float32"));
  switch (preprocessing.fit) {
    case "stretch": {
      const pixels = resize(planes, g.integers([size, size]), [size, size], {
        antialias: 1,
        exclude_outside: 1,
      });
      return {
        pixels,
        inspected: (map) => map,
        toImageFrame: (map) => squeeze(resize(map, original, ["height", "width"])),
      };
    }
    case "pad": {
      const fitted = resize(planes, g.integers([size, size]), ["fitted_height", "fitted_width"], {
        antialias: 1,
        exclude_outside: 1,
        keep_aspect_ratio_policy: "not_larger",
      });
      const inner = sizeOf(fitted, 2);
      const before = div(sub(g.integers([size, size]), inner), g.integers([2, 2]));
      const after = sub(sub(g.integers([size, size]), inner), before);
      const inspected = (map: Value) => window(map, before, inner, ["fitted_height", "fitted_width"]);
      return {
        pixels: padded(fitted, before, after, "edge", [size, size]),
        inspected,
        toImageFrame: (map) => squeeze(resize(inspected(map), original, ["height", "width"])),
      };
    }
    case "crop": {
      const { resize: side } = preprocessing;
      const fitted = resize(planes, g.integers([side, side]), ["fitted_height", "fitted_width"], {
        antialias: 1,
        exclude_outside: 1,
        keep_aspect_ratio_policy: "not_smaller",
      });
      const outer = sizeOf(fitted, 2);
      const before = div(sub(outer, g.integers([size, size])), g.integers([2, 2]));
      const after = sub(sub(outer, g.integers([size, size])), before);
      return {
        pixels: window(fitted, before, g.integers([size, size]), [size, size]),
        inspected: (map) => map,
        toImageFrame: (map) => {
          const whole = padded(map, before, after, "constant", ["fitted_height", "fitted_width"]);
          return squeeze(resize(whole, original, ["height", "width"]));
        },
      };
    }
  }
}

type Side = number | string;

/** [height, width] of a value as an int64 vector, from axis `start`. */
function sizeOf(x: Value, start: number): Value {
  const attributes = { start, end: start + 2 };
  return x.graph.apply({
    operator: "Shape",
    inputs: [x],
    attributes,
    output: { dtype: "int64", shape: [2] },
  });
}

function resize(x: Value, sizes: Value, sides: readonly [Side, Side], attributes = {}): Value {
  return x.graph.apply({
    operator: "Resize",
    inputs: [x, undefined, undefined, sizes],
    attributes: { mode: "linear", coordinate_transformation_mode: "half_pixel", axes: [2, 3], ...attributes },
    output: { dtype: x.dtype, shape: [1, x.shape[1]!, ...sides] },
  });
}

function window(x: Value, start: Value, length: Value, sides: readonly [Side, Side]): Value {
  const g = x.graph;
  return g.apply({
    operator: "Slice",
    inputs: [x, start, add(start, length), g.integers([2, 3])],
    output: { dtype: x.dtype, shape: [1, x.shape[1]!, ...sides] },
  });
}

/** `constant` fills with NaN, `edge` repeats the border. */
function padded(
  x: Value,
  before: Value,
  after: Value,
  mode: "constant" | "edge",
  sides: readonly [Side, Side],
): Value {
  const g = x.graph;
  const pads = g.apply({
    operator: "Concat",
    inputs: [before, after],
    attributes: { axis: 0 },
    output: { dtype: "int64", shape: [4] },
  });
  return g.apply({
    operator: "Pad",
    inputs: [x, pads, mode === "constant" ? g.scalar(Number.NaN) : undefined, g.integers([2, 3])],
    attributes: { mode },
    output: { dtype: x.dtype, shape: [1, x.shape[1]!, ...sides] },
  });
}

function unsqueeze(x: Value): Value {
  return x.graph.apply({
    operator: "Unsqueeze",
    inputs: [x, x.graph.integers([0])],
    output: { dtype: x.dtype, shape: [1, ...x.shape] },
  });
}

/** [1, 1, height, width] -> [height, width]. */
function squeeze(x: Value): Value {
  return x.graph.apply({
    operator: "Squeeze",
    inputs: [x, x.graph.integers([0, 1])],
    output: { dtype: x.dtype, shape: x.shape.slice(2) },
  });
}
