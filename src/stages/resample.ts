import { float32, matmul, reshape, type Value } from "../graph/index.ts";

/**
 * A map [1, 1, h, w] resampled along each axis by a linear map of its own, `rows` [height, h] and `columns` [width, w], row-major:
 * -> [1, 1, height, width].
 */
export function resample(map: Value, rows: Float32Array, columns: Float32Array): Value {
  const g = map.graph;
  const [, , fromHeight, fromWidth] = map.shape as [number, number, number, number];
  const [height, width] = [rows.length / fromHeight, columns.length / fromWidth];
  const left = g.constant(float32(rows, [height, fromHeight]));
  const right = g.constant(float32(transposed(columns, fromWidth), [fromWidth, width]));
  const resampled = matmul(left, matmul(reshape(map, [fromHeight, fromWidth]), right));
  return reshape(resampled, [1, 1, height, width]);
}

function transposed(matrix: Float32Array, columns: number): Float32Array {
  const rows = matrix.length / columns;
  return Float32Array.from(matrix, (_, i) => matrix[(i % rows) * columns + Math.floor(i / rows)]!);
}
