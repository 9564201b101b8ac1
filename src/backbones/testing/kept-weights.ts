import type { Architecture } from "../architectures/architecture.ts";
import type { Weights } from "../weights/weights.ts";

export interface KeptWeights extends Weights {
  /** What the architecture has read, in its order. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
}

/** Those of `weights` that an architecture reads for `taps`, read once. */
export function keepWeights(
  architecture: Architecture,
  weights: Weights,
  taps: readonly string[] = architecture.taps,
): KeptWeights {
  const shapes = new Map<string, readonly number[]>();
  const data = new Map<string, Float32Array>();
  const tensor: Weights["tensor"] = (name, shape) => {
    const values = weights.tensor(name, shape);
    shapes.set(name, shape);
    data.set(name, values.slice());
    return values;
  };
  architecture.load({ shape: (name) => weights.shape(name), tensor }, taps);
  return { shapes, shape: (name) => shapes.get(name), tensor: (name) => data.get(name)!.slice() };
}

/** Weights with the values of two tensors exchanged. */
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

/**
 * Each tensor with the next of its shape, the last with the first, so that none is left out. An exchange of two biases that
 * the network adds up would change nothing; those are never neighbours in a ResNet.
 */
export function pairsOfOneShape({ shapes }: KeptWeights): [string, string][] {
  const classes = new Map<string, string[]>();
  for (const [name, shape] of shapes) classes.set(`${shape}`, [...(classes.get(`${shape}`) ?? []), name]);
  return [...classes.values()]
    .filter((names) => names.length > 1)
    .flatMap((names) => names.map((name, i): [string, string] => [name, names[(i + 1) % names.length]!]));
}
