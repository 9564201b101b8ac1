import { float32, matmul, samplingMatrix, type Value } from "../graph/index.ts";
import { type Axis, type Grid, placesAmong } from "../pixels/index.ts";

/**
 * Maps [N, C, h, w] resampled along each axis by a linear map of its own, `rows` [height, h] and `columns` [width, w], row-major:
 * -> [N, C, height, width].
 */
export function resample(map: Value, rows: Float32Array, columns: Float32Array): Value {
  const g = map.graph;
  const [, , fromHeight, fromWidth] = map.shape as [number, number, number, number];
  const [height, width] = [rows.length / fromHeight, columns.length / fromWidth];
  const left = g.constant(float32(rows, [height, fromHeight]));
  const right = g.constant(float32(transposed(columns, fromWidth), [fromWidth, width]));
  return matmul(left, matmul(map, right));
}

/** Maps [N, C, h, w], whose points lie on the grid `from`, interpolated linearly at those of `to`; beyond the border counts the last point. */
export function resampleAt(map: Value, from: Grid, to: Grid): Value {
  return resample(map, samplingBetween(from.rows, to.rows), samplingBetween(from.columns, to.columns));
}

/** [to, from]: the weights of linear interpolation at the points of one axis between those of another. */
export function samplingBetween(from: Axis, to: Axis): Float32Array {
  return samplingMatrix(from.count, placesAmong(from, to));
}

function transposed(matrix: Float32Array, columns: number): Float32Array {
  const rows = matrix.length / columns;
  return Float32Array.from(matrix, (_, i) => matrix[(i % rows) * columns + Math.floor(i / rows)]!);
}
