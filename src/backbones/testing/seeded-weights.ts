import type { Weights } from "../weights/weights.ts";

/**
 * Weights for whatever ResNet asks: each tensor is drawn from its name, which scripts/golden/make-resnet-goldens.py does
 * too, bit by bit alike. A convolution keeps the variance of what passes it; all that belongs to a batch norm
 * is positive, so that it could be a variance.
 */
export const seededWeights: Weights = {
  shape: () => undefined,
  tensor(name, shape) {
    const bound = Math.sqrt(3 / elements(shape.slice(1)));
    return shape.length === 4 ? drawn(name, shape, -bound, bound) : drawn(name, shape, 0.25, 1);
  },
};

/** Uniform values from a linear congruential generator whose start is the name's hash. */
export function drawn(name: string, shape: readonly number[], low: number, high: number): Float32Array {
  let state = 0;
  for (let i = 0; i < name.length; i++) state = (Math.imul(state, 31) + name.charCodeAt(i)) >>> 0;
  return Float32Array.from({ length: elements(shape) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return low + (high - low) * (state / 2 ** 32);
  });
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, 1);
}
