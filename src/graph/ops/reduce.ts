import type { Value } from "../graph.ts";
import { invalid, normalizeAxis, staticShape } from "../shape.ts";
import { div, mul } from "./arithmetic.ts";
import { cast } from "./cast.ts";
import { equal } from "./compare.ts";
import { matmul } from "./matmul.ts";
import { expand, matrixShape, reshape } from "./reshape.ts";

/** Sum over `axes`; the axes stay as dimensions of 1 unless `keepDims` is false. All axes if left out. */
export function reduceSum(x: Value, axes?: readonly number[], keepDims = true): Value {
  return reduce("ReduceSum", x, axes, keepDims, (dy) => expand(dy, x.shape));
}

/** Arithmetic mean over `axes`, which must be static to be differentiated. */
export function reduceMean(x: Value, axes?: readonly number[], keepDims = true): Value {
  return reduce("ReduceMean", x, axes, keepDims, (dy, _y, kept) => {
    const count = staticShape(x, "ReduceMean").reduce((n, dim, i) => (kept[i] === dim ? n : n * dim), 1);
    return expand(mul(dy, 1 / count), x.shape);
  });
}

/**
 * Sum over the rows of x [R, C], as [1, C]. It is written as a product with a row of ones, which ONNX Runtime computes
 * in half the time of its ReduceSum.
 */
export function sumRows(x: Value): Value {
  const [rows] = matrixShape(x, "input of a sum over rows");
  return matmul(expand(x.graph.scalar(1), [1, rows]), x);
}

/** Maximum over `axes`; the gradient is shared equally among equal maxima. */
export function reduceMax(x: Value, axes?: readonly number[], keepDims = true): Value {
  return extremum("ReduceMax", x, axes, keepDims);
}

/** Minimum over `axes`; the gradient is shared equally among equal minima. */
export function reduceMin(x: Value, axes?: readonly number[], keepDims = true): Value {
  return extremum("ReduceMin", x, axes, keepDims);
}

function extremum(
  operator: "ReduceMax" | "ReduceMin",
  x: Value,
  axes: readonly number[] | undefined,
  keepDims: boolean,
): Value {
  return reduce(operator, x, axes, keepDims, (dy, y, _kept, over) => {
    const hit = cast(equal(x, y), "float32");
    return mul(hit, div(dy, reduceSum(hit, over)));
  });
}

function reduce(
  operator: string,
  x: Value,
  axes: readonly number[] | undefined,
  keepDims: boolean,
  derivative: (dy: Value, y: Value, kept: readonly (number | string)[], axes: readonly number[]) => Value,
): Value {
  const over = (axes ?? x.shape.map((_, i) => i)).map((axis) => normalizeAxis(axis, x.rank, operator));
  if (new Set(over).size !== over.length) throw invalid(`axes of ${operator}`, "different axes", axes);
  // ONNX would read an empty list as all axes.
  if (over.length === 0) return x;
  const kept = x.shape.map((dim, i) => (over.includes(i) ? 1 : dim));
  const shape = keepDims ? kept : x.shape.filter((_, i) => !over.includes(i));
  return x.graph.apply({
    operator,
    inputs: [x, x.graph.integers(over)],
    attributes: { keepdims: keepDims ? 1 : 0 },
    output: { dtype: x.dtype, shape },
    gradient: ([dy], [y]) => [derivative(reshape(dy!, kept), reshape(y!, kept), kept, over)],
  });
}
