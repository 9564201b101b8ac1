import {
  argMin,
  float32,
  gatherRows,
  linear,
  mul,
  reduceSum,
  sqrt,
  square,
  sub,
  type Value,
} from "../graph/index.ts";

/**
 * Euclidean distance of each row of x [R, width] to the nearest vector of a bank, [vectors, width] row-major: -> [R, 1].
 *
 * Which one is nearest follows from one matrix product, |m|² - 2 x·m; its distance is then taken from the difference, because the
 * product has lost digits of it.
 */
export function distanceToBank(x: Value, bank: Float32Array, width: number): Value {
  const g = x.graph;
  const vectors = bank.length / width;
  const squares = Float32Array.from({ length: vectors }, (_, row) => {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += bank[row * width + i]! ** 2;
    return sum;
  });
  const memory = g.constant(float32(bank, [vectors, width]), "memory");
  const nearest = argMin(linear(mul(x, -2), memory, g.constant(float32(squares, [vectors]))), 1);
  return sqrt(reduceSum(square(sub(x, gatherRows(memory, nearest))), [1]));
}
