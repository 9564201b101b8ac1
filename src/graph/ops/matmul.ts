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
    gradient: ([dy]) => [matmul(dy!, flip(b)), productOfColumns(a, dy!)],
  });
}

/** aᵀ x. Of the two it is the narrower that is transposed first, and then the small result. */
function productOfColumns(a: Value, x: Value): Value {
  return x.shape[1]! < a.shape[1]! ? flip(matmul(flip(x), a)) : matmul(flip(a), x);
}

function flip(x: Value): Value {
  return transpose(x, [1, 0]);
}
