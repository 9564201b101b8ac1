import type { Value } from "../graph.ts";
import { broadcastShapes, invalid, sameShape, staticShape } from "../shape.ts";
import { elementCount, type Shape } from "../tensor.ts";
import { sumTo } from "./broadcast.ts";

/** The same elements, row-major, under another shape. At most one dimension may be symbolic. */
export function reshape(x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x;
  const target = shape.map((dim) => (typeof dim === "string" ? -1 : dim));
  if (target.filter((dim) => dim === -1).length > 1) {
    throw invalid("shape of Reshape", "at most one symbolic dimension", shape);
  }
  if (x.shape.every((dim) => typeof dim === "number") && !target.includes(-1)) {
    const count = elementCount(x.shape as readonly number[]);
    if (elementCount(target) !== count) throw invalid("shape of Reshape", `${count} elements`, shape);
  }
  return x.graph.apply({
    operator: "Reshape",
    inputs: [x, x.graph.integers(target)],
    output: { dtype: x.dtype, shape },
    gradient: ([dy]) => [reshape(dy!, x.shape)],
  });
}

/** Repeats dimensions of 1 up to a static `shape`. */
export function expand(x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x;
  const dims = shape.map((dim) => {
    if (typeof dim === "string") throw invalid("shape of Expand", "static dimensions", shape);
    return dim;
  });
  if (!sameShape(broadcastShapes(x.shape, dims, "Expand"), dims)) {
    throw invalid("shape of Expand", `a shape that [${x.shape}] broadcasts to`, shape);
  }
  return x.graph.apply({
    operator: "Expand",
    inputs: [x, x.graph.integers(dims)],
    output: { dtype: x.dtype, shape },
    gradient: ([dy]) => [sumTo(dy!, x.shape)],
  });
}

/** Reorders the axes: result dimension i is dimension `order[i]` of `x`. */
export function transpose(x: Value, order: readonly number[]): Value {
  const shape = order.map((axis) => x.shape[axis]!);
  if (order.length !== x.rank || new Set(order).size !== x.rank || shape.includes(undefined as never)) {
    throw invalid("order of Transpose", `a permutation of ${x.rank} axes`, order);
  }
  const inverse = order.map((_, i) => order.indexOf(i));
  return x.graph.apply({
    operator: "Transpose",
    inputs: [x],
    attributes: { perm: order },
    output: { dtype: x.dtype, shape },
    gradient: ([dy]) => [transpose(dy!, inverse)],
  });
}

/** [rows, columns] of a matrix whose shape is static. */
export function matrixShape(x: Value, subject: string): [number, number] {
  const shape = staticShape(x, subject);
  if (shape.length !== 2) throw invalid(subject, "a matrix", x.shape);
  return shape as [number, number];
}
