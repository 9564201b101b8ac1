import { conv2d, float32, type Value } from "../graph/index.ts";

/** Where SciPy's gaussian_filter cuts its kernel, in deviations. */
const TRUNCATE = 4;

/** Gaussian smoothing of a map [1, 1, H, W]; the border is repeated outwards. `deviation` in pixels; 0 changes nothing. */
export function smooth(map: Value, deviation: number): Value {
  if (deviation === 0) return map;
  const kernel = gaussianKernel(deviation);
  const radius = (kernel.length - 1) / 2;
  const g = map.graph;
  const [, , height, width] = map.shape as [number, number, number, number];
  const padded = g.apply({
    operator: "Pad",
    inputs: [map, g.integers([radius, radius, radius, radius]), undefined, g.integers([2, 3])],
    attributes: { mode: "edge" },
    output: { dtype: map.dtype, shape: [1, 1, height + 2 * radius, width + 2 * radius] },
  });
  const down = conv2d(padded, g.constant(float32(kernel, [1, 1, kernel.length, 1])));
  return conv2d(down, g.constant(float32(kernel, [1, 1, 1, kernel.length])));
}

function gaussianKernel(deviation: number): Float32Array {
  const radius = Math.max(1, Math.round(TRUNCATE * deviation));
  const weights = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - radius) / deviation) ** 2),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return Float32Array.from(weights, (weight) => weight / sum);
}
