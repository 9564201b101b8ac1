import type { Random } from "../random.ts";

/** Fills a new parameter of the given dimensions. */
export type Initializer = (random: Random, dims: readonly number[]) => Float32Array;

export const zeros: Initializer = (_random, dims) => new Float32Array(size(dims));

export function constant(value: number): Initializer {
  return (_random, dims) => new Float32Array(size(dims)).fill(value);
}

/** N(0, 2 / (fan in + fan out)) for a matrix [in, out] (Glorot & Bengio 2010). */
export const xavierNormal: Initializer = (random, dims) => {
  const [fanIn, fanOut] = dims as [number, number];
  return random.fillNormal(new Float32Array(size(dims)), Math.sqrt(2 / (fanIn + fanOut)));
};

/** N(0, deviation²) cut off at ±2, redrawn beyond. */
export function truncatedNormal(deviation: number): Initializer {
  return (random, dims) =>
    new Float32Array(size(dims)).map(() => {
      let value = random.normal(0, deviation);
      while (Math.abs(value) > 2) value = random.normal(0, deviation);
      return value;
    });
}

/** U(-1/sqrt(fan in), 1/sqrt(fan in)): what PyTorch gives to a convolution's weight and to its bias alike. */
export function uniformByFanIn(fanIn: number): Initializer {
  const bound = 1 / Math.sqrt(fanIn);
  return (random, dims) => new Float32Array(size(dims)).map(() => random.uniform(-bound, bound));
}

function size(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}
