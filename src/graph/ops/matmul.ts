import type { Value } from "../graph.ts";
import { broadcastShapes, invalid, sameType } from "../shape.ts";
import { sumTo } from "./broadcast.ts";
import { transpose } from "./reshape.ts";

/**
 * The product of two matrices, [..., m, k] x [..., k, n] -> [..., m, n]: one product for each index of the leading axes,
 * which broadcast.
 */
export function matmul(a: Value, b: Value): Value {
  const rows = a.shape.at(-2);
  const columns = b.shape.at(-1);
  if (a.shape.at(-1) !== b.shape.at(-2) || rows === undefined || columns === undefined) {
    throw invalid("inputs of MatMul", "matrices [..., m, k] and [..., k, n]", [a.shape, b.shape]);
  }
  sameType([a, b], "MatMul");
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2), "MatMul");
  return a.graph.apply({
    operator: "MatMul",
    inputs: [a, b],
    output: { dtype: a.dtype, shape: [...batch, rows, columns] },
    gradient: ([dy]) => [sumTo(matmul(dy!, flip(b)), a.shape), sumTo(productOfColumns(a, dy!), b.shape)],
  });
}

/** aᵀ x. Of the two it is the narrower that is transposed first, and then the small result. */
export function productOfColumns(a: Value, x: Value): Value {
  return x.shape.at(-1)! < a.shape.at(-1)! ? flip(matmul(flip(x), a)) : matmul(flip(a), x);
}

function flip(x: Value): Value {
  const axes = x.shape.map((_, axis) => axis);
  return transpose(x, [...axes.slice(0, -2), x.rank - 1, x.rank - 2]);
}
