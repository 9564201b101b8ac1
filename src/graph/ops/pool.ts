import type { Value } from "../graph.ts";
import { invalid } from "../shape.ts";
import type { Dimension } from "../tensor.ts";

/**
 * Average over a `size` x `size` window around every position of x [N, C, H, W], stride 1, zeros beyond the border
 * counted in (the mean is always over size² values). `size` is odd.
 */
export function averagePool(x: Value, size: number): Value {
  if (x.rank !== 4) throw invalid("input of AveragePool", "[N, C, H, W]", x.shape);
  if (size % 2 !== 1) throw invalid("window of AveragePool", "an odd size", size);
  const border = (size - 1) / 2;
  return x.graph.apply({
    operator: "AveragePool",
    inputs: [x],
    attributes: {
      kernel_shape: [size, size],
      pads: [border, border, border, border],
      strides: [1, 1],
      count_include_pad: 1,
    },
    output: { dtype: x.dtype, shape: x.shape },
    // The window is symmetric and the stride 1: the transpose of this map is the map itself.
    gradient: ([dy]) => [averagePool(dy!, size)],
  });
}

export interface MaxPoolOptions {
  /** Same stride for both axes; 1 if left out. */
  readonly stride?: number;
  /** Positions on every side of the image that no maximum takes a value from; 0 if left out. */
  readonly padding?: number;
}

/** Maximum over `size` x `size` windows of x [N, C, H, W] with static H and W. Has no gradient. */
export function maxPool(x: Value, size: number, options: MaxPoolOptions = {}): Value {
  const { stride = 1, padding = 0 } = options;
  const [batch, channels, ...sides] = x.shape;
  const pooled = (side: Dimension) => Math.floor(((side as number) + 2 * padding - size) / stride) + 1;
  if (x.rank !== 4 || sides.some((side) => typeof side === "string" || pooled(side) < 1)) {
    throw invalid("input of MaxPool", `[N, C, H, W] that a ${size}x${size} window fits into`, x.shape);
  }
  return x.graph.apply({
    operator: "MaxPool",
    inputs: [x],
    attributes: {
      kernel_shape: [size, size],
      pads: [padding, padding, padding, padding],
      strides: [stride, stride],
    },
    output: { dtype: x.dtype, shape: [batch!, channels!, ...sides.map(pooled)] },
  });
}
