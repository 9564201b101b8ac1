import { RsadError } from "../errors.ts";
import { encodeModel, Graph, gatherRows, int64, type Runtime, type Value } from "../graph/index.ts";
import { type ImageSize, imageInput, type Mask, type Preprocessing, preprocess } from "../images/index.ts";
import type { Grid } from "../pixels/index.ts";
import type { Recipe } from "../recipes/index.ts";
import { atLeastHalf, cellMeans, largestGrid } from "../stages/index.ts";
import { gridsOf, type Level } from "./level.ts";

/** The part of the training images that is learned from, all of which have about this shape. */
export interface TrainingRegion {
  /** Stretched over every image; 1 = inspected. */
  readonly mask: Mask;
  readonly image: ImageSize;
}

/** The patches that are learned from, by their places in the grid, row by row; undefined for all. */
export type Inside = readonly number[] | undefined;

/**
 * Which patches of a grid lie in the region, by at least half of their cell, found by the nodes that inspection finds them with. Throws
 * RSAD_MASK_INVALID where none does.
 */
async function insidePatches(
  { mask, image: { width, height } }: TrainingRegion,
  preprocessing: Preprocessing,
  grid: Grid,
  runtime: Runtime,
): Promise<readonly number[]> {
  const graph = new Graph("inside");
  const seen = preprocess(imageInput(graph), preprocessing).region(mask).seen;
  graph.output("inside", atLeastHalf(cellMeans(seen, grid)));
  const session = await runtime.open(encodeModel(graph));
  try {
    // Only its size is looked at.
    const image = {
      dtype: "uint8",
      dims: [height, width, 3],
      data: new Uint8Array(height * width * 3),
    } as const;
    const { inside } = await session.run({ image });
    const patches = Array.from(inside!.data as Float32Array, (is, patch) => (is === 1 ? patch : -1));
    const found = patches.filter((patch) => patch >= 0);
    if (found.length > 0) return found;
  } finally {
    await session.close();
  }
  throw new RsadError("RSAD_MASK_INVALID", {
    subject: "the mask of what is inspected",
    expected: `a region that covers half of at least one of ${grid.rows.count} x ${grid.columns.count} patches`,
    received: "a smaller or narrower one",
    hint: "Widen the region, or raise preprocessing.size.",
  });
}

/** The patches that a store of features with these levels is learned from. */
export async function insideOf(
  region: TrainingRegion | undefined,
  { preprocessing }: Pick<Recipe, "preprocessing">,
  levels: readonly Level[],
  runtime: Runtime,
): Promise<Inside> {
  const grid = largestGrid(gridsOf(levels));
  return region && insidePatches(region, preprocessing, grid, runtime);
}

/** Those rows of [patches, channels] that are learned from. */
export function insideRows(rows: Value, inside: Inside): Value {
  return inside === undefined ? rows : gatherRows(rows, rows.graph.constant(int64(inside)));
}
