import type { Value } from "../graph.ts";
import { invalid } from "../shape.ts";
import { mul, sub } from "./arithmetic.ts";
import { reduceSum } from "./reduce.ts";

/** exp(x) / sum(exp(x)) over the last axis, computed without overflow. */
export function softmax(x: Value): Value {
  const axis = x.rank - 1;
  if (axis < 0) throw invalid("input of Softmax", "at least one axis", x.shape);
  return x.graph.apply({
    operator: "Softmax",
    inputs: [x],
    attributes: { axis },
    output: { dtype: x.dtype, shape: x.shape },
    gradient: ([dy], [y]) => {
      const weighted = mul(dy!, y!);
      return [sub(weighted, mul(y!, reduceSum(weighted, [axis])))];
    },
  });
}
