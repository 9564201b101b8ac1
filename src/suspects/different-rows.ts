import { squaredDistance } from "../features/index.ts";
import { meanRow } from "../stages/index.ts";

/**
 * Places of `count` rows of a matrix that differ most: the one nearest to their mean, then time and again the one that is furthest
 * from all chosen (k-centre, Gonzalez 1985). Of rows that are all the same, the first ones.
 */
export function differentRows(data: Float32Array, width: number, count: number): number[] {
  const rows = data.length / width;
  const toMean = squaredDistances(data, width, meanRow(data, width), 0);
  const first = toMean.reduce((best, square, row) => (square < toMean[best]! ? row : best), 0);
  const chosen = [first];
  const nearest = squaredDistances(data, width, data, first * width);
  nearest[first] = -1;
  while (chosen.length < Math.min(count, rows)) {
    const next = nearest.reduce((best, square, row) => (square > nearest[best]! ? row : best), 0);
    chosen.push(next);
    for (let row = 0; row < rows; row++) {
      const least = nearest[row]!;
      if (least <= 0) continue;
      const square = squaredDistance(data, row * width, data, next * width, width, least);
      if (square < least) nearest[row] = square;
    }
    nearest[next] = -1;
  }
  return chosen;
}

function squaredDistances(data: Float32Array, width: number, to: Float32Array, at: number): Float32Array {
  return Float32Array.from({ length: data.length / width }, (_, row) =>
    squaredDistance(data, row * width, to, at, width, Number.POSITIVE_INFINITY),
  );
}
