import type { Value } from "../graph.ts";
import { invalid, sameShape, sameType } from "../shape.ts";
import { sumTo } from "./broadcast.ts";
import { matmul, productOfColumns } from "./matmul.ts";

/**
 * A fully connected layer, x weightᵀ + bias: x [rows, inputs], weight [outputs, inputs], bias [outputs]. The weight lies
 * as PyTorch keeps it, so that large ones need not be transposed when they are loaded.
 */
export function linear(x: Value, weight: Value, bias: Value): Value {
  const [outputs, inputs] = weight.shape;
  if (x.rank !== 2 || weight.rank !== 2 || x.shape[1] !== inputs || !sameShape(bias.shape, [outputs!])) {
    throw invalid("inputs of Gemm", "x [rows, inputs], weight [outputs, inputs] and bias [outputs]", [
      x.shape,
      weight.shape,
      bias.shape,
    ]);
  }
  sameType([x, weight, bias], "Gemm");
  return x.graph.apply({
    operator: "Gemm",
    inputs: [x, weight, bias],
    attributes: { transB: 1 },
    output: { dtype: x.dtype, shape: [x.shape[0]!, outputs!] },
    gradient: ([dy]) => [matmul(dy!, weight), productOfColumns(dy!, x), sumTo(dy!, bias.shape)],
  });
}
