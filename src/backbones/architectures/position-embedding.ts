/**
 * A grid of learned position vectors, row-major [side, side, channels], resampled to another grid, [height, width,
 * channels], as timm does it for an input of another size (`resample_abs_pos_embed`): Keys' cubic kernel with
 * a = -0.5, as wide as needed to see every vector when shrinking, and weights scaled up to 1 at the borders. A grid
 * of the same size is returned as it is.
 */
export function resamplePositions(
  positions: Float32Array,
  side: number,
  [height, width]: readonly [number, number],
): Float32Array {
  if (height === side && width === side) return positions;
  const channels = positions.length / side ** 2;
  const row = side * channels;
  const rows = combine(positions, { blocks: 1, from: side, to: height, size: row });
  return Float32Array.from(combine(rows, { blocks: height, from: side, to: width, size: channels }));
}

/** Resamples the middle axis of [blocks, from, size] to [blocks, to, size]. */
function combine(
  data: ArrayLike<number>,
  { blocks, from, to, size }: Record<"blocks" | "from" | "to" | "size", number>,
): Float64Array {
  const result = new Float64Array(blocks * to * size);
  const matrix = cubicMatrix(from, to);
  for (let block = 0; block < blocks; block++) {
    for (let i = 0; i < to; i++) {
      for (let j = 0; j < from; j++) {
        const weight = matrix[i]![j]!;
        if (weight === 0) continue;
        const [target, source] = [(block * to + i) * size, (block * from + j) * size];
        for (let c = 0; c < size; c++) result[target + c]! += weight * data[source + c]!;
      }
    }
  }
  return result;
}

/** Row i: the share of each of `from` pixels in pixel i of `to`; pixel centres lie at half-integers. */
function cubicMatrix(from: number, to: number): number[][] {
  const scale = from / to;
  const stretch = Math.max(scale, 1);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const weights = Array.from({ length: from }, (_, j) => cubic(Math.abs(j + 0.5 - centre) / stretch));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  });
}

/** Keys, "Cubic convolution interpolation for digital image processing" (1981), a = -0.5, at the distance x >= 0. */
function cubic(x: number): number {
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}
