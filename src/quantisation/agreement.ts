/** How two models' scores of the same images go together. */
export interface Agreement {
  readonly count: number;
  /** Spearman's: 1 where both put the images in the same order; undefined for fewer than two different scores. */
  readonly rankCorrelation: number | undefined;
  /** The largest absolute difference between an image's two scores. */
  readonly largestChange: number;
  /** From the lowest to the highest score before, to hold the change against. */
  readonly spread: number;
}

export function compareScores(before: readonly number[], after: readonly number[]): Agreement {
  return {
    count: before.length,
    rankCorrelation: correlation(ranks(before), ranks(after)),
    largestChange: Math.max(...before.map((score, i) => Math.abs(after[i]! - score))),
    spread: Math.max(...before) - Math.min(...before),
  };
}

/** Places in ascending order; equal values share the mean of theirs. */
function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal - 1) / 2;
  });
}

function correlation(a: readonly number[], b: readonly number[]): number | undefined {
  const mean = (a.length - 1) / 2;
  const product = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, i) => sum + (value - mean) * (y[i]! - mean), 0);
  const scale = Math.sqrt(product(a, a) * product(b, b));
  return scale > 0 ? product(a, b) / scale : undefined;
}
