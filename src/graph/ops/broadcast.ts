import type { Value } from "../graph.ts";
import { broadcastShapes, invalid, sameShape, sameType } from "../shape.ts";
import type { DataType, Shape } from "../tensor.ts";
import { reduceSum, sumRows } from "./reduce.ts";
import { reshape } from "./reshape.ts";

/** Sums a gradient over the axes along which `shape` was broadcast: the transpose of broadcasting. */
export function sumTo(gradient: Value, shape: Shape): Value {
  if (sameShape(gradient.shape, shape)) return gradient;
  const lead = gradient.rank - shape.length;
  const axes = gradient.shape.flatMap((dim, i) =>
    i < lead || (shape[i - lead] === 1 && dim !== 1) ? [i] : [],
  );
  const summed = axes.length === 0 ? gradient : sumOver(gradient, axes);
  return lead === 0 ? summed : reshape(summed, shape);
}

function sumOver(gradient: Value, axes: readonly number[]): Value {
  const overRows = gradient.rank === 2 && axes.length === 1 && axes[0] === 0;
  const fixed = gradient.shape.every((dim) => typeof dim === "number");
  return overRows && fixed && gradient.dtype === "float32" ? sumRows(gradient) : reduceSum(gradient, axes);
}

/** A number where a value is wanted becomes a scalar constant. */
export type Operand = Value | number;

/** A node over two broadcasting inputs. `derivatives` give the gradients before the sum over broadcast axes. */
export function binary(
  operator: string,
  a: Operand,
  b: Operand,
  derivatives?: (dy: Value, a: Value, b: Value, y: Value) => readonly [Value | undefined, Value | undefined],
  dtype?: DataType,
): Value {
  const graph = typeof a === "number" ? (typeof b === "number" ? undefined : b.graph) : a.graph;
  if (graph === undefined) throw invalid(`inputs of ${operator}`, "a value among them", [a, b]);
  const left = typeof a === "number" ? graph.scalar(a) : a;
  const right = typeof b === "number" ? graph.scalar(b) : b;
  sameType([left, right], operator);
  return graph.apply({
    operator,
    inputs: [left, right],
    output: { dtype: dtype ?? left.dtype, shape: broadcastShapes(left.shape, right.shape, operator) },
    gradient: ([dy], [y]) => {
      const [da, db] = derivatives?.(dy!, left, right, y!) ?? [undefined, undefined];
      return [da && sumTo(da, left.shape), db && sumTo(db, right.shape)];
    },
  });
}
