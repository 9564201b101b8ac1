import type { Value } from "../graph.ts";
import { invalid, sameType } from "../shape.ts";
import { transpose } from "./reshape.ts";

/** The product of two matrices, [m, k] x [k, n] -> [m, n]. */
export function matmul(a: Value, b: Value): Value {
  if (a.rank !== 2 || b.rank !== 2 || a.shape[1] !== b.shape[0]) {
    throw invalid("inputs of MatMul", "matrices [m, k] and [k, n]", [a.shape, b.shape]);
  }
  sameType([a, b], "MatMul");
  return a.graph.apply({
    operator: "MatMul",
    inputs: [a, b],
    output: { dtype: a.dtype, shape: [a.shape[0]!, b.shape[1]!] },
    // Explicit transposes: on the CPU they cost a few per cent of the product and leave it at MatMul's full rate,
    // which Gemm's transA and transB do not reach (docs/benchmarks.md).
    gradient: ([dy]) => [matmul(dy!, transpose(b, [1, 0])), matmul(transpose(a, [1, 0]), dy!)],
  });
}
