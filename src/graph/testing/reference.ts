import type { Tensor } from "../index.ts";

/** Every index of a tensor of these dimensions, in row-major order. */
export function* indices(dims: readonly number[]): Generator<number[]> {
  const count = dims.reduce((product, dim) => product * dim, 1);
  for (let flat = 0; flat < count; flat++) {
    let rest = flat;
    const index = dims.map(() => 0);
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      index[axis] = rest % dims[axis]!;
      rest = Math.floor(rest / dims[axis]!);
    }
    yield index;
  }
}

/** One element; indices of leading or single dimensions that the tensor lacks are dropped, as broadcasting does. */
export function element({ dims, data }: Tensor, index: readonly number[]): number {
  const own = index.slice(index.length - dims.length);
  const flat = dims.reduce((sum, dim, axis) => sum * dim + (dim === 1 ? 0 : own[axis]!), 0);
  return Number(data[flat]);
}

/** NumPy's broadcasting rule for shapes that are known to fit. */
export function broadcastDims(...shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, i) =>
    Math.max(...shapes.map((shape) => shape[i - rank + shape.length] ?? 1)),
  );
}

/** `combine` of the broadcast elements of several tensors. */
export function broadcastMap(
  combine: (...values: number[]) => number,
  ...tensors: readonly Tensor[]
): number[] {
  const shape = broadcastDims(...tensors.map((one) => one.dims));
  return Array.from(indices(shape), (index) => combine(...tensors.map((one) => element(one, index))));
}
