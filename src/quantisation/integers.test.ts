import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { activationScale, correctedBiases, integerBiases, integerWeights, WEIGHT_LIMIT } from "./integers.ts";

const number = fc.float({ min: -1000, max: 1000, noNaN: true });

describe("an activation's scale", () => {
  test("puts all that was seen into 0 to 255, with 0 exact and errors of one step at most", () => {
    fc.assert(
      fc.property(number, number, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, share) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const { scale, zero } = activationScale(low, high);
        expect(Number.isInteger(zero) && zero >= 0 && zero <= 255).toBe(true);
        const value = low + share * (high - low);
        const integer = Math.min(255, Math.max(0, Math.round(value / scale) + zero));
        expect(Math.abs(scale * (integer - zero) - value)).toBeLessThanOrEqual(scale * 1.001);
      }),
    );
  });

  test("of nothing but zeros is 1", () => {
    expect(activationScale(0, 0)).toEqual({ scale: 1, zero: 0 });
  });
});

describe("weights", () => {
  const weights = Float32Array.of(1, -0.5, 0.25, 10, -20, 5, 0, 0, 0);

  test("have a scale for each output channel, whichever axis it is", () => {
    const rows = integerWeights(weights, [3, 3, 1, 1], 0, undefined, 1);
    expect([...rows.values]).toEqual([63, -31, 16, 31, -63, 16, 0, 0, 0]);
    expect([...rows.scales]).toEqual([Math.fround(1 / 63), Math.fround(20 / 63), 1]);
    const transposed = Float32Array.of(1, 10, 0, -0.5, -20, 0, 0.25, 5, 0);
    const columns = integerWeights(transposed, [3, 3], 1, undefined, 1);
    expect(columns.scales).toEqual(rows.scales);
    expect([...columns.values]).toEqual([63, 31, 0, -31, -63, 0, 16, 16, 0]);
  });

  test("of two products never add up to more than 16 bits hold", () => {
    expect(2 * 255 * WEIGHT_LIMIT).toBeLessThan(2 ** 15);
  });

  test("are rounded more coarsely where a bias would not fit into 32 bits", () => {
    const biases = Float32Array.of(1e6);
    const { scales } = integerWeights(Float32Array.of(1e-6), [1, 1, 1, 1], 0, biases, 1e-3);
    const [integer] = integerBiases(
      biases,
      scales.map((scale) => scale * 1e-3),
    );
    expect(integer! * scales[0]! * 1e-3).toBeCloseTo(1e6, -1);
  });
});

test("corrected biases keep the mean result of every channel, in groups too", () => {
  const dims = [4, 2, 1, 2] as const;
  const weights = Float32Array.from({ length: 16 }, (_, i) => Math.sin(3 * i) * (1 + i));
  const biases = Float32Array.of(1, -2, 3, 0);
  // Two groups of two channels each; the mean is that of a constant image.
  const means = Float64Array.of(0.3, -1, 2, 5);
  const integers = integerWeights(weights, dims, 0, biases, 0.1);
  const corrected = correctedBiases(biases, weights, integers, means, dims);
  const result = (weight: (i: number) => number, bias: Float32Array, output: number) => {
    const group = Math.floor(output / 2) * 2;
    let sum = bias[output]!;
    for (let k = 0; k < 4; k++) sum += weight(4 * output + k) * means[group + Math.floor(k / 2)]!;
    return sum;
  };
  for (let output = 0; output < 4; output++) {
    const before = result((i) => weights[i]!, biases, output);
    const rounded = (i: number) => integers.values[i]! * integers.scales[output]!;
    expect(result(rounded, corrected, output)).toBeCloseTo(before, 4);
    expect(Math.abs(result(rounded, biases, output) - before)).toBeGreaterThan(5e-4);
  }
});
