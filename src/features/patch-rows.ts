import type { Value } from "../graph/index.ts";
import { largestGrid, patchFeatures } from "../stages/index.ts";
import type { FeatureSource } from "./feature-source.ts";
import { insideRows } from "./inside-patches.ts";
import { gridsOf } from "./level.ts";

export interface PatchGrid {
  readonly height: number;
  readonly width: number;
  /** Those to learn from: height * width, or as many as lie in the region. */
  readonly patches: number;
  /** Of all levels together. */
  readonly channels: number;
}

/** The grid on which all methods see an image's patches. */
export function patchGrid({
  levels,
  channels,
  inside,
}: Pick<FeatureSource, "levels" | "channels" | "inside">): PatchGrid {
  const { rows, columns } = largestGrid(gridsOf(levels));
  const [height, width] = [rows.count, columns.count];
  return { height, width, patches: inside?.length ?? height * width, channels };
}

/**
 * An image's features as a matrix with one patch a row, [patches, channels]: every level brought to the largest one's grid and
 * joined, as inspection does it; of these, the patches to learn from.
 */
export function patchRows(
  maps: readonly Value[],
  { levels, inside }: Pick<FeatureSource, "levels" | "inside">,
): Value {
  return insideRows(patchFeatures(maps, gridsOf(levels)).rows, inside);
}
