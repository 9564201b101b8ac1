import type { Value } from "../graph.ts";
import type { DataType } from "../tensor.ts";

/** ONNX TensorProto.DataType. */
export const ONNX_TYPE: Record<DataType, number> = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
};

/** Converts the element type. A gradient flows between floating-point types only. */
export function cast(x: Value, dtype: DataType): Value {
  if (x.dtype === dtype) return x;
  const floating = x.dtype.startsWith("float") && dtype.startsWith("float");
  return x.graph.apply({
    operator: "Cast",
    inputs: [x],
    attributes: { to: ONNX_TYPE[dtype] },
    output: { dtype, shape: x.shape },
    gradient: ([dy]) => [floating ? cast(dy!, x.dtype) : undefined],
  });
}
