/** Connected regions of a mask. */
export interface Regions {
  /** height * width; 0 = outside every region, otherwise 1 + the region's position in `sizes`. */
  readonly labels: Int32Array;
  /** Pixels in each region, in order of each region's first pixel. */
  readonly sizes: number[];
}

/**
 * Labels the regions of a mask (non-zero = inside) whose pixels touch by an edge or a corner, as
 * `scipy.ndimage.label(mask, structure=np.ones((3, 3)))` does. Works on runs of pixels in a row, which are joined with those that they touch
 * in the row above: each pixel is read once, and the joining is of runs.
 */
export function connectedRegions(mask: Uint8Array, width: number): Regions {
  const runs = findRuns(mask, width);
  const labels = new Int32Array(mask.length);
  const sizes: number[] = [];
  const labelOf = new Int32Array(runs.length);
  for (const [i, { from, to }] of runs.entries()) {
    // A run's root is the first run of its region.
    const root = rootOf(runs, i);
    const label = root === i ? sizes.push(0) : labelOf[root]!;
    labelOf[i] = label;
    sizes[label - 1]! += to - from;
    labels.fill(label, from, to);
  }
  return { labels, sizes };
}

/** Neighbouring pixels of one row, all inside. */
interface Run {
  /** The position of its first pixel in the mask, and the one after its last. */
  readonly from: number;
  readonly to: number;
  /** An earlier run of the same region, or itself. */
  parent: number;
}

function findRuns(mask: Uint8Array, width: number): Run[] {
  const runs: Run[] = [];
  let above = 0;
  for (let row = 0; row < mask.length; row += width) {
    const first = runs.length;
    for (let at = row; at < row + width; at++) {
      if (mask[at] === 0) continue;
      const from = at;
      while (at < row + width && mask[at] !== 0) at++;
      const run = { from, to: at, parent: runs.length };
      runs.push(run);
      // Those of the row above end where this one may touch them, or go on to the next one.
      while (above < first && runs[above]!.to + width < run.from) above++;
      for (let other = above; other < first && runs[other]!.from + width <= run.to; other++)
        join(runs, other, runs.length - 1);
    }
    above = first;
  }
  return runs;
}

function join(runs: readonly Run[], a: number, b: number): void {
  const [first, second] = [rootOf(runs, a), rootOf(runs, b)].sort((x, y) => x - y) as [number, number];
  runs[second]!.parent = first;
}

function rootOf(runs: readonly Run[], index: number): number {
  let at = index;
  while (runs[at]!.parent !== at) {
    // Halves the path for whoever comes next.
    runs[at]!.parent = runs[runs[at]!.parent]!.parent;
    at = runs[at]!.parent;
  }
  return at;
}
