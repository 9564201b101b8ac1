import type { Architecture } from "../architectures/architecture.ts";
import type { Weights } from "../weights/weights.ts";

/** Weights that are drawn once and kept, those that all taps of an architecture need. */
export interface KeptWeights extends Weights {
  readonly shapes: ReadonlyMap<string, readonly number[]>;
}

export function keepWeights(architecture: Architecture, source: Weights): KeptWeights {
  const shapes = new Map<string, readonly number[]>();
  const kept = new Map<string, Float32Array>();
  const record: Weights["tensor"] = (name, shape) => {
    const values = source.tensor(name, shape);
    shapes.set(name, shape);
    kept.set(name, values.slice());
    return values;
  };
  architecture.load({ shape: (name) => source.shape(name), tensor: record }, architecture.taps);
  return {
    shapes,
    shape: (name) => source.shape(name),
    tensor: (name) => kept.get(name)!.slice(),
  };
}

/** Every two tensors that have one shape. */
export function pairsOfOneShape({ shapes }: KeptWeights): [string, string][] {
  const names = [...shapes.keys()];
  return names.flatMap((a, i) =>
    names
      .slice(i + 1)
      .filter((b) => shapes.get(a)!.join() === shapes.get(b)!.join())
      .map((b): [string, string] => [a, b]),
  );
}

/** The same weights with the values of two tensors exchanged. */
export function exchange(weights: Weights, a: string, b: string): Weights {
  const other = new Map([
    [a, b],
    [b, a],
  ]);
  return {
    shape: (name) => weights.shape(name),
    tensor: (name, shape) => weights.tensor(other.get(name) ?? name, shape),
  };
}
