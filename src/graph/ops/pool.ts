import type { Value } from "../graph.ts";
import { invalid } from "../shape.ts";

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
