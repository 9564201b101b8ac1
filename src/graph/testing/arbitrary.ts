import fc from "fast-check";
import { Random } from "../../random.ts";
import { float32, type Tensor } from "../index.ts";

/** Property runs that open a session each: enough shapes to meet every branch, few enough sessions for one process. */
export const SESSIONS = { numRuns: 12 } as const;

/** Static dimensions, small enough that a derivative is not lost in the sum over all others. */
export function dims(options: { rank?: [number, number]; largest?: number } = {}): fc.Arbitrary<number[]> {
  const { rank: [minLength, maxLength] = [0, 4], largest = 4 } = options;
  return fc.array(fc.integer({ min: 1, max: largest }), { minLength, maxLength });
}

/** Two shapes that broadcast: each drops leading dimensions of a common shape and sets others to 1. */
export function broadcastingPair(): fc.Arbitrary<[number[], number[]]> {
  const side = fc.record({ drop: fc.nat(4), ones: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }) });
  return fc.tuple(dims(), side, side).map(([common, ...sides]) => {
    const [a, b] = sides.map(({ drop, ones }) =>
      common.map((dim, i) => (ones[i] ? 1 : dim)).slice(Math.min(drop, common.length)),
    ) as [number[], number[]];
    return [a, b];
  });
}

export const seed = fc.integer({ min: 0, max: 2 ** 31 - 1 });

export interface Draw {
  /** Values are uniform in [low, high]; -2 to 2 if left out. */
  readonly low?: number;
  readonly high?: number;
  /** Values nearer than this to a number in `kinks` are moved away from it. */
  readonly kinks?: readonly number[];
}

/** A float32 tensor of seeded random values. */
export function tensor(shape: readonly number[], key: string | number, options: Draw = {}): Tensor {
  const { low = -2, high = 2, kinks = [] } = options;
  const random = new Random(7, "tensor", key, shape.join());
  const data = Float32Array.from({ length: shape.reduce((count, dim) => count * dim, 1) }, () => {
    const x = random.uniform(low, high);
    const kink = kinks.find((at) => Math.abs(x - at) < CLEARANCE);
    return kink === undefined ? x : kink + (x < kink ? -CLEARANCE : CLEARANCE);
  });
  return float32(data, shape);
}

/** Further from a kink than a gradient check ever moves a value. */
export const CLEARANCE = 0.1;
