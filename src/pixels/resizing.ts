import { add, type Value } from "../graph/index.ts";

/** Nodes that move maps [1, C, h, w] whose height and width are known only when the graph runs. */

export type Side = number | string;
export type Sides = readonly [Side, Side];

/** [height, width] of a value as an int64 vector, from axis `start`. */
export function sizeOf(x: Value, start: number): Value {
  return x.graph.apply({
    operator: "Shape",
    inputs: [x],
    attributes: { start, end: start + 2 },
    output: { dtype: "int64", shape: [2] },
  });
}

/**
 * Resizes to `sizes`, an int64 vector [height, width]; pixel centres at half-integers.
 * - `antialias`: the triangle filter, as wide as the reduction; for images.
 * - `linear`: between the nearest pixels; for maps on their way back.
 * - `nearest`: the pixel that holds the centre.
 */
export function resize(
  x: Value,
  sizes: Value,
  sides: Sides,
  kind: "antialias" | "linear" | "nearest",
): Value {
  return x.graph.apply({
    operator: "Resize",
    inputs: [x, undefined, undefined, sizes],
    attributes: {
      mode: kind === "nearest" ? "nearest" : "linear",
      coordinate_transformation_mode: "half_pixel",
      axes: [2, 3],
      ...(kind === "antialias" ? { antialias: 1, exclude_outside: 1 } : {}),
    },
    output: { dtype: x.dtype, shape: [1, x.shape[1]!, ...sides] },
  });
}

/** The part of `length` [height, width] from `start` [y, x] on. */
export function window(x: Value, start: Value, length: Value, sides: Sides): Value {
  const g = x.graph;
  return g.apply({
    operator: "Slice",
    inputs: [x, start, add(start, length), g.integers([2, 3])],
    output: { dtype: x.dtype, shape: [1, x.shape[1]!, ...sides] },
  });
}

/** Adds `before` [top, left] and `after` [bottom, right] pixels: `edge` repeats the border, `nan` says that nothing is known. */
export function padAround(
  x: Value,
  before: Value,
  after: Value,
  mode: "edge" | "nan" | "zero",
  sides: Sides,
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
    inputs: [
      x,
      pads,
      mode === "edge" ? undefined : g.scalar(mode === "nan" ? Number.NaN : 0),
      g.integers([2, 3]),
    ],
    attributes: { mode: mode === "edge" ? "edge" : "constant" },
    output: { dtype: x.dtype, shape: [1, x.shape[1]!, ...sides] },
  });
}

/** [C, height, width] -> [1, C, height, width]. */
export function unsqueeze(x: Value): Value {
  return x.graph.apply({
    operator: "Unsqueeze",
    inputs: [x, x.graph.integers([0])],
    output: { dtype: x.dtype, shape: [1, ...x.shape] },
  });
}

/** [1, 1, height, width] -> [height, width]. */
export function squeeze(x: Value): Value {
  return x.graph.apply({
    operator: "Squeeze",
    inputs: [x, x.graph.integers([0, 1])],
    output: { dtype: x.dtype, shape: x.shape.slice(2) },
  });
}
