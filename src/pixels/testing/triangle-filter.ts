/**
 * Resizes one channel, row-major, by the triangle filter: each output pixel is the weighted mean of the pixels within
 * its support, which is one pixel wide when growing and as wide as the reduction when shrinking.
 */
export function triangleFilter(
  data: readonly number[],
  [height, width]: readonly [number, number],
  [toHeight, toWidth]: readonly [number, number],
): number[] {
  const rows = weights(height, toHeight);
  const columns = weights(width, toWidth);
  const across = Array.from({ length: height }, (_, y) =>
    columns.map((line) => dot(line, (x) => data[y * width + x]!)),
  );
  return rows.flatMap((line) => columns.map((_, x) => dot(line, (y) => across[y]![x]!)));
}

function weights(from: number, to: number): number[][] {
  const support = Math.max(1, from / to);
  return Array.from({ length: to }, (_, i) => {
    const centre = ((i + 0.5) * from) / to;
    const line = Array.from({ length: from }, (_, j) =>
      Math.max(0, 1 - Math.abs(j + 0.5 - centre) / support),
    );
    const sum = line.reduce((total, weight) => total + weight, 0);
    return line.map((weight) => weight / sum);
  });
}

function dot(line: readonly number[], value: (index: number) => number): number {
  return line.reduce((sum, weight, index) => (weight === 0 ? sum : sum + weight * value(index)), 0);
}
