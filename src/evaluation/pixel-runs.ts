/** Runs of neighbouring pixels in one row each, row by row: the position of each one's first pixel, and the one after its last. */
export interface Runs {
  readonly from: number[];
  readonly to: number[];
}

/** Which runs are of one region: pixels that touch by an edge or a corner. */
export interface JoinedRuns {
  /** For each run 1 + its region's position in `sizes`. */
  readonly labels: Int32Array;
  /** Pixels in each region, in order of each region's first pixel. */
  readonly sizes: number[];
}

/** The runs of values of at least `least` in rows of `width`; NaN is in none. */
export function findRuns(values: Uint8Array | Float32Array, width: number, least: number): Runs {
  const runs: Runs = { from: [], to: [] };
  for (let row = 0; row < values.length; row += width) addRuns(runs, values, row, row + width, least);
  return runs;
}

/** Adds the runs of values of at least `least` among those at `start` to `end`, all of one row. */
export function addRuns(
  { from, to }: Runs,
  values: Uint8Array | Float32Array,
  start: number,
  end: number,
  least: number,
): void {
  for (let at = start; at < end; at++) {
    if (!(values[at]! >= least)) continue;
    from.push(at);
    while (at < end && values[at]! >= least) at++;
    to.push(at);
  }
}

/** Joins runs with those that they touch in the row above: time goes with the number of runs, not with that of pixels. */
export function joinRuns({ from, to }: Runs, width: number): JoinedRuns {
  /** An earlier run of the same region, or itself. */
  const parents = new Int32Array(from.length);
  let [row, first, above] = [-1, 0, 0];
  for (let run = 0; run < from.length; run++) {
    parents[run] = run;
    const own = Math.floor(from[run]! / width);
    if (own !== row) {
      above = own === row + 1 ? first : run;
      first = run;
      row = own;
    }
    // Those of the row above end where this one may touch them, or go on to the next one.
    while (above < first && to[above]! + width < from[run]!) above++;
    for (let other = above; other < first && from[other]! + width <= to[run]!; other++)
      join(parents, other, run);
  }
  const labels = new Int32Array(from.length);
  const sizes: number[] = [];
  for (let run = 0; run < from.length; run++) {
    // A run's root is the first run of its region.
    const root = rootOf(parents, run);
    const label = root === run ? sizes.push(0) : labels[root]!;
    labels[run] = label;
    sizes[label - 1]! += to[run]! - from[run]!;
  }
  return { labels, sizes };
}

function join(parents: Int32Array, a: number, b: number): void {
  const [first, second] = [rootOf(parents, a), rootOf(parents, b)];
  parents[Math.max(first, second)] = Math.min(first, second);
}

function rootOf(parents: Int32Array, run: number): number {
  let at = run;
  while (parents[at] !== at) {
    // Halves the path for whoever comes next.
    parents[at] = parents[parents[at]!]!;
    at = parents[at]!;
  }
  return at;
}
