/** Element types the engine works with. `float16` and `int64` are held as Uint16Array (bits) and BigInt64Array. */
export type DataType = "float32" | "float64" | "float16" | "uint8" | "int32" | "int64" | "bool";

/** A symbolic dimension is named by a string and known only when the graph runs. */
export type Dimension = number | string;
export type Shape = readonly Dimension[];

export interface TensorType {
  readonly dtype: DataType;
  readonly shape: Shape;
}

export type TensorData = Float32Array | Float64Array | Uint16Array | Uint8Array | Int32Array | BigInt64Array;

/** A tensor outside of any graph: row-major data with static dimensions. */
export interface Tensor {
  readonly dtype: DataType;
  readonly dims: readonly number[];
  readonly data: TensorData;
}

export function float32(data: Float32Array | readonly number[], dims: readonly number[]): Tensor {
  return { dtype: "float32", dims, data: data instanceof Float32Array ? data : Float32Array.from(data) };
}

export function float64(data: Float64Array, dims: readonly number[]): Tensor {
  return { dtype: "float64", dims, data };
}

export function int64(data: readonly number[], dims: readonly number[] = [data.length]): Tensor {
  return { dtype: "int64", dims, data: BigInt64Array.from(data, BigInt) };
}

export function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}
