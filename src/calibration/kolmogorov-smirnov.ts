/** Beyond so many pairs the limit distribution is as good, and far quicker. */
const MOST_PAIRS = 4e6;

export interface KolmogorovSmirnov {
  /** The greatest distance between the two empirical distribution functions, 0 to 1. */
  readonly statistic: number;
  /** The probability of so great a distance if both samples come from one distribution; with ties a little too large. */
  readonly pValue: number;
}

/**
 * The two-sided Kolmogorov-Smirnov test of two samples, neither empty: exact by counting lattice paths (Hodges 1958), and by the limit
 * distribution where the product of the sizes is above 4 million.
 */
export function kolmogorovSmirnov(first: readonly number[], second: readonly number[]): KolmogorovSmirnov {
  const [n, m] = [first.length, second.length];
  const reach = greatestDistance(first, second);
  const statistic = reach / (n * m);
  const pValue = n * m <= MOST_PAIRS ? exactly(n, m, reach) : inTheLimit(statistic, (n * m) / (n + m));
  return { statistic, pValue: Math.min(1, Math.max(0, pValue)) };
}

/** The p-value of n and m values that do not overlap, the smallest that there can be: two of all orders of n + m values. */
export function leastPValue(n: number, m: number): number {
  let orders = 1;
  for (let i = 1; i <= n; i++) orders *= (m + i) / i;
  return 2 / orders;
}

/** max |i m - j n| over all values, where i of the first and j of the second sample are at most the value. Whole, so exact. */
function greatestDistance(first: readonly number[], second: readonly number[]): number {
  const a = Float64Array.from(first).sort();
  const b = Float64Array.from(second).sort();
  let [i, j, greatest] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    greatest = Math.max(greatest, Math.abs(i * b.length - j * a.length));
  }
  return greatest;
}

/**
 * P(distance >= reach / nm): one minus the share of the paths from (0, 0) to (n, m) that stay nearer to the diagonal
 * than that. `inside[j]` is the share of all paths to (i, j) that do; the last step to it came along i in i of i + j
 * cases.
 */
function exactly(n: number, m: number, reach: number): number {
  const inside = new Float64Array(m + 1);
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= m; j++) {
      if (Math.abs(i * m - j * n) >= reach) inside[j] = 0;
      else if (i + j === 0) inside[j] = 1;
      else inside[j] = ((i > 0 ? inside[j]! * i : 0) + (j > 0 ? inside[j - 1]! * j : 0)) / (i + j);
    }
  }
  return 1 - inside[m]!;
}

/** Kolmogorov's distribution with Stephens' correction for finite samples. */
function inTheLimit(statistic: number, size: number): number {
  const x = statistic * (Math.sqrt(size) + 0.12 + 0.11 / Math.sqrt(size));
  let sum = 0;
  for (let k = 1; k <= 100; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  // The series converges slowly where there is no distance to speak of.
  return x < 0.2 ? 1 : sum;
}
