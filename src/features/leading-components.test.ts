import fc from "fast-check";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { nodeRuntime } from "../graph/index.ts";
import { Random } from "../random.ts";
import { type LeadingComponents, leadingComponents } from "./leading-components.ts";

const runtime = nodeRuntime({ threads: 1 });

/** A covariance with the given variances along random orthonormal directions, [channels, channels]. */
function covarianceOf(variances: readonly number[], seed: number): Float64Array {
  const size = variances.length;
  const draw = Array.from(new Random(seed).fillNormal(new Float32Array(size * size)));
  const random = Matrix.from1DArray(size, size, draw);
  const { eigenvectorMatrix } = new EigenvalueDecomposition(random.add(random.transpose()), {
    assumeSymmetric: true,
  });
  const product = eigenvectorMatrix.mmul(Matrix.diag([...variances])).mmul(eigenvectorMatrix.transpose());
  return Float64Array.from(product.to1DArray());
}

const find = (covariance: Float64Array, channels: number, count: number) =>
  leadingComponents({ covariance, channels, count, runtime });

function rowsOf({ basis, variances }: LeadingComponents): number[][] {
  const channels = basis.length / variances.length;
  return Array.from(variances, (_, i) => Array.from(basis.subarray(i * channels, (i + 1) * channels)));
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

function expectOrthonormal(rows: readonly (readonly number[])[]): void {
  for (const [i, row] of rows.entries()) {
    for (const [j, other] of rows.entries()) {
      expect(Math.abs(dot(row, other) - (i === j ? 1 : 0))).toBeLessThan(1e-5);
    }
    const largest = row.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
    expect(largest).toBeGreaterThan(0);
  }
}

/** All eigenvectors, the largest first. */
function decompose(covariance: Float64Array, channels: number) {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    Matrix.from1DArray(channels, channels, covariance),
    { assumeSymmetric: true },
  );
  const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  return order.map((i) => ({ variance: realEigenvalues[i]!, vector: eigenvectorMatrix.getColumn(i) }));
}

/** Of a unit vector, the length within the space that orthonormal rows span. */
const within = (rows: readonly (readonly number[])[], vector: readonly number[]) =>
  Math.hypot(...rows.map((row) => dot(row, vector)));

describe("the leading components of a covariance", () => {
  const sizes = fc.record({
    channels: fc.integer({ min: 1, max: 90 }),
    wish: fc.nat(),
    scale: fc.constantFrom(1e-8, 1, 1e6),
    seed: fc.nat(),
  });

  test("are those of its whole decomposition, whatever its unit", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ({ channels, wish, scale, seed }) => {
        const count = 1 + (wish % Math.min(channels, 12));
        // Each a fifth less than the one before.
        const variances = Array.from({ length: channels }, (_, i) => scale * 0.8 ** i);
        const covariance = covarianceOf(variances, seed);
        const found = await find(covariance, channels, count);
        expect(found.variances).toHaveLength(count);
        const rows = rowsOf(found);
        expectOrthonormal(rows);
        for (const [i, { variance, vector }] of decompose(covariance, channels).slice(0, count).entries()) {
          expect(Math.abs(found.variances[i]! / variance - 1)).toBeLessThan(1e-3);
          expect(within(rows, vector)).toBeGreaterThan(0.999);
          expect(Math.abs(dot(rows[i]!, vector))).toBeGreaterThan(0.999);
        }
        const total = variances.reduce((sum, variance) => sum + variance, 0);
        expect(found.total / total).toBeCloseTo(1, 6);
      }),
      { numRuns: 12 },
    );
  });

  test("span a space of hardly less variance where many variances are alike", async () => {
    const [channels, count] = [150, 20];
    const draw = new Random(3).fillNormal(new Float32Array(channels * channels));
    const random = Matrix.from1DArray(channels, channels, Array.from(draw));
    const covariance = Float64Array.from(random.mmul(random.transpose()).to1DArray());
    const { variances } = await find(covariance, channels, count);
    const sum = (values: Iterable<number>) => Array.from(values).reduce((total, value) => total + value, 0);
    const best = decompose(covariance, channels).slice(0, count);
    const share = sum(variances) / sum(best.map(({ variance }) => variance));
    expect(share).toBeGreaterThan(0.97);
    expect(share).toBeLessThan(1 + 1e-4);
  });

  test("beyond the rank vary by nothing, and the rows are orthonormal all the same", async () => {
    const [channels, rank, count] = [50, 3, 10];
    const variances = Array.from({ length: channels }, (_, i) => (i < rank ? 4 - i : 0));
    const covariance = covarianceOf(variances, 5);
    const found = await find(covariance, channels, count);
    expectOrthonormal(rowsOf(found));
    for (const [i, variance] of found.variances.entries()) {
      expect(Math.abs(variance - variances[i]!)).toBeLessThan(1e-3 * found.total);
      expect(variance).toBeGreaterThanOrEqual(0);
    }
    const leading = rowsOf(found).slice(0, rank);
    for (const { vector } of decompose(covariance, channels).slice(0, rank)) {
      expect(within(leading, vector)).toBeGreaterThan(0.999);
    }
  });

  test("of features that all vary together are orthonormal, all of many of them", async () => {
    const channels = 400;
    const one = new Random(6).fillNormal(new Float32Array(channels));
    const covariance = Float64Array.from({ length: channels ** 2 }, (_, i) => {
      return one[Math.floor(i / channels)]! * one[i % channels]!;
    });
    const found = await find(covariance, channels, channels);
    const rows = rowsOf(found).filter((_, i) => i % 20 === 0);
    expectOrthonormal(rows);
    expect(found.variances[0]! / found.total).toBeCloseTo(1, 6);
    expect(within(rows.slice(0, 1), Array.from(one)) / Math.hypot(...one)).toBeCloseTo(1, 4);
  });

  test("of features that never vary are any directions, of variance 0", async () => {
    const found = await find(new Float64Array(8 * 8), 8, 5);
    expectOrthonormal(rowsOf(found));
    expect(Array.from(found.variances)).toEqual([0, 0, 0, 0, 0]);
    expect(found.total).toBe(0);
  });

  test("have no variance together where rounding left less than nothing", async () => {
    const found = await find(new Float64Array(4 * 4).fill(-1e-23), 4, 2);
    expect(found.total).toBe(0);
  });

  test("are no more than there are channels, and then lose nothing", async () => {
    const variances = [5, 3, 2, 1];
    const found = await find(covarianceOf(variances, 8), 4, 384);
    expectOrthonormal(rowsOf(found));
    expect(found.basis).toHaveLength(16);
    for (const [i, variance] of found.variances.entries()) expect(variance).toBeCloseTo(variances[i]!, 4);
  });

  test("are the same numbers every time", async () => {
    const covariance = covarianceOf(
      Array.from({ length: 60 }, (_, i) => 1 / (1 + i)),
      9,
    );
    expect(await find(covariance, 60, 7)).toEqual(await find(covariance, 60, 7));
  });

  test("stop with the signal's reason", async () => {
    const reason = new Error("enough");
    const run = leadingComponents({
      covariance: covarianceOf([2, 1], 1),
      channels: 2,
      count: 1,
      runtime,
      signal: AbortSignal.abort(reason),
    });
    await expect(run).rejects.toBe(reason);
  });
});
