import type { Value } from "../graph.ts";
import { invalid, staticShape } from "../shape.ts";
import { float32 } from "../tensor.ts";
import { matmul } from "./matmul.ts";
import { reshape, transpose } from "./reshape.ts";

/**
 * Bilinear resize of x [N, C, H, W] to a static [height, width]; pixel centres at half-integers (align_corners=False).
 * With `antialias` the kernel widens when shrinking, so that every input pixel counts; at the borders the weights of
 * the pixels that are there are scaled up to 1, and so the result is Pillow's. Such a resize has no gradient.
 */
export function resizeBilinear(
  x: Value,
  [height, width]: readonly [number, number],
  { antialias = false } = {},
): Value {
  if (x.rank !== 4) throw invalid("input of Resize", "[N, C, H, W]", x.shape);
  if (!antialias && x.shape[2] === height && x.shape[3] === width) return x;
  const g = x.graph;
  return g.apply({
    operator: "Resize",
    inputs: [x, undefined, undefined, g.integers([height, width])],
    attributes: {
      mode: "linear",
      axes: [2, 3],
      coordinate_transformation_mode: "half_pixel",
      ...(antialias ? { antialias: 1, exclude_outside: 1 } : {}),
    },
    output: { dtype: x.dtype, shape: [...x.shape.slice(0, 2), height, width] },
    ...(antialias ? {} : { gradient: ([dy]: readonly (Value | undefined)[]) => [resizeGradient(dy!, x)] }),
  });
}

/** The map is linear and separable, Y = R X Cᵀ with fixed matrices; its transpose is X' = Rᵀ Y' C. */
function resizeGradient(dy: Value, x: Value): Value {
  const [n, c, h, w] = staticShape(x, "gradient of Resize") as [number, number, number, number];
  const [, , height, width] = dy.shape as [number, number, number, number];
  const g = x.graph;
  const rows = g.constant(float32(interpolationMatrix(h, height), [height, h]));
  const columns = g.constant(float32(interpolationMatrix(w, width), [width, w]));
  const across = reshape(matmul(reshape(dy, [n * c * height, width]), columns), [n * c, height, w]);
  const upright = reshape(transpose(across, [0, 2, 1]), [n * c * w, height]);
  return reshape(transpose(reshape(matmul(upright, rows), [n * c, w, h]), [0, 2, 1]), [n, c, h, w]);
}

/** [to, from]: the weights of linear interpolation with half-pixel centres and clamped borders. */
export function interpolationMatrix(from: number, to: number): Float32Array {
  return samplingMatrix(
    from,
    Array.from({ length: to }, (_, i) => ((i + 0.5) * from) / to - 0.5),
  );
}

/**
 * [places, from]: the weights of linear interpolation at places among `from` samples in a row, of which the first is at 0 and the second
 * at 1; beyond the ends counts the last sample.
 */
export function samplingMatrix(from: number, places: readonly number[]): Float32Array {
  const matrix = new Float32Array(places.length * from);
  for (const [i, place] of places.entries()) {
    const position = Math.min(Math.max(place, 0), from - 1);
    const low = Math.floor(position);
    const high = Math.min(low + 1, from - 1);
    matrix[i * from + low]! += 1 - (position - low);
    matrix[i * from + high]! += position - low;
  }
  return matrix;
}
