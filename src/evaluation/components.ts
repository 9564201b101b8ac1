import { findRuns, type JoinedRuns, joinRuns, type Runs } from "./pixel-runs.ts";

/** Connected regions of a mask. */
export interface Regions {
  /** height * width; 0 = outside every region, otherwise 1 + the region's position in `sizes`. */
  readonly labels: Int32Array;
  /** Pixels in each region, in order of each region's first pixel. */
  readonly sizes: number[];
}

/**
 * Labels the regions of a mask (non-zero = inside) whose pixels touch by an edge or a corner, as
 * `scipy.ndimage.label(mask, structure=np.ones((3, 3)))` does.
 */
export function connectedRegions(mask: Uint8Array, width: number): Regions {
  const runs = findRuns(mask, width, 1);
  return labelled(runs, joinRuns(runs, width), mask.length);
}

/** The regions of runs in a picture of `pixels`. */
export function labelled({ from, to }: Runs, { labels, sizes }: JoinedRuns, pixels: number): Regions {
  const all = new Int32Array(pixels);
  for (const [run, label] of labels.entries()) all.fill(label, from[run]!, to[run]!);
  return { labels: all, sizes };
}
