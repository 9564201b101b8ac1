import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/**
 * As many of a covariance's leading eigenvectors as hold the `share` of the whole variance: orthonormal rows, largest first,
 * [components, channels]. None if nothing varies. Takes half a minute for 1536 channels, during which the thread is busy.
 */
export function principalComponents(covariance: Float64Array, channels: number, share: number): Float32Array {
  const matrix = Matrix.from1DArray(channels, channels, covariance);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  const whole = realEigenvalues.reduce((sum, value) => sum + Math.max(value, 0), 0);
  let held = 0;
  let count = 0;
  while (held < share * whole) held += realEigenvalues[order[count++]!]!;
  const basis = new Float32Array(count * channels);
  for (let i = 0; i < count; i++) basis.set(eigenvectorMatrix.getColumn(order[i]!), i * channels);
  return basis;
}
