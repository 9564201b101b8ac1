import {
  add,
  concat,
  float32,
  linear,
  maximum,
  mul,
  reduceMin,
  reduceSum,
  reshape,
  sqrt,
  square,
  sub,
  type Value,
} from "../graph/index.ts";
import { meanRow } from "./mean-row.ts";

/** Vectors a product: its result is still in the cores' caches when the smallest of each row is looked for. */
const AT_ONCE = 256;

/**
 * Euclidean distance of each row of x [R, width] to the nearest vector of a bank, [vectors, width] row-major: -> [R, 1].
 *
 * By |x|² + |m|² - 2 x·m, all counted from the bank's mean. The error of the square is some 1e-6 of |x|², which only
 * distances feel that are small beside the bank's own spread.
 */
export function distanceToBank(x: Value, bank: Float32Array, width: number): Value {
  const g = x.graph;
  const vectors = bank.length / width;
  const mean = meanRow(bank, width);
  const centred = bank.map((value, i) => value - mean[i % width]!);
  const rows = sub(x, g.constant(float32(mean, [1, width])));
  const doubled = mul(rows, -2);
  const smallest: Value[] = [];
  for (let start = 0; start < vectors; start += AT_ONCE) {
    const part = centred.subarray(start * width, (start + AT_ONCE) * width);
    const count = part.length / width;
    const memory = g.constant(float32(part, [count, width]), `memory.${start}`);
    // Of the vectors as they are stored, should that be in half precision; the runtime computes it once, when it loads the graph.
    const lengths = reshape(reduceSum(square(memory), [1]), [count]);
    smallest.push(reduceMin(linear(doubled, memory, lengths), [1]));
  }
  const nearest = reduceMin(concat(smallest, 1), [1]);
  return sqrt(maximum(add(reduceSum(square(rows), [1]), nearest), 0));
}
