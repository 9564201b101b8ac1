import type { Value } from "../graph.ts";
import { invalid, normalizeAxis, sameType } from "../shape.ts";
import type { Dimension } from "../tensor.ts";
import { pad } from "./pad.ts";

/** Elements `start` to `end` (exclusive) along a static axis. */
export function slice(x: Value, axis: number, start: number, end: number): Value {
  const along = normalizeAxis(axis, x.rank, "Slice");
  const size = x.shape[along];
  if (typeof size !== "number") throw invalid("axis of Slice", "a static dimension", size);
  const whole = Number.isInteger(start) && Number.isInteger(end);
  if (!whole || start < 0 || end > size || start >= end) {
    throw invalid("range of Slice", `a range within ${size}`, [start, end]);
  }
  if (start === 0 && end === size) return x;
  const shape = x.shape.map((dim, i) => (i === along ? end - start : dim));
  const g = x.graph;
  return g.apply({
    operator: "Slice",
    inputs: [x, g.integers([start]), g.integers([end]), g.integers([along])],
    output: { dtype: x.dtype, shape },
    gradient: ([dy]) => [pad(dy!, along, start, size - end)],
  });
}

/** Joins values along `axis`; all other dimensions agree. */
export function concat(values: readonly Value[], axis: number): Value {
  const first = values[0];
  if (first === undefined) throw invalid("inputs of Concat", "at least one value", "none");
  sameType(values, "Concat");
  const along = normalizeAxis(axis, first.rank, "Concat");
  let total: Dimension = 0;
  for (const value of values) {
    const fits =
      value.rank === first.rank && value.shape.every((dim, i) => i === along || dim === first.shape[i]);
    if (!fits)
      throw invalid(
        "inputs of Concat",
        `shapes equal but for axis ${along}`,
        values.map((v) => v.shape),
      );
    const size: Dimension = value.shape[along]!;
    total = typeof size === "number" && typeof total === "number" ? total + size : "concat";
  }
  return first.graph.apply({
    operator: "Concat",
    inputs: values,
    attributes: { axis: along },
    output: { dtype: first.dtype, shape: first.shape.map((dim, i) => (i === along ? total : dim)) },
    gradient: ([dy]) => {
      let start = 0;
      return values.map((value) => {
        const size = value.shape[along];
        if (typeof size !== "number") throw invalid("gradient of Concat", "static dimensions", value.shape);
        start += size;
        return slice(dy!, along, start - size, start);
      });
    },
  });
}
