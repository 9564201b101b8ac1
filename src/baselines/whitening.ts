import { CholeskyDecomposition, Matrix } from "ml-matrix";

/**
 * The transposed inverse of a positive definite matrix's Cholesky factor, row-major: with covariance = L Lᵀ, x times it is
 * L⁻¹x, whose length is the Mahalanobis distance of x.
 */
export function whitening(covariance: Float64Array[]): Float64Array {
  const size = covariance.length;
  const lower = new CholeskyDecomposition(new Matrix(covariance)).lowerTriangularMatrix.to1DArray();
  const result = new Float64Array(size * size);
  // Column by column of L⁻¹, by forward substitution; a column of L⁻¹ is a row of the result.
  for (let column = 0; column < size; column++) {
    const row = result.subarray(column * size, (column + 1) * size);
    for (let i = column; i < size; i++) {
      let sum = i === column ? 1 : 0;
      for (let j = column; j < i; j++) sum -= lower[i * size + j]! * row[j]!;
      row[i] = sum / lower[i * size + i]!;
    }
  }
  return result;
}
