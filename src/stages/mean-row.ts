/** Of a matrix [rows, width], row-major. Sums are taken in double precision. */
export function meanRow(data: Float32Array, width: number): Float32Array {
  const rows = data.length / width;
  const sums = new Float64Array(width);
  for (let i = 0; i < data.length; i++) sums[i % width]! += data[i]!;
  return Float32Array.from(sums, (sum) => sum / rows);
}
