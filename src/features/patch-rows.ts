import type { Value } from "../graph/index.ts";
import { largestGrid, patchFeatures } from "../stages/index.ts";
import type { FeatureSource } from "./feature-source.ts";
import { type Inside, insideRows } from "./inside-patches.ts";

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
  const { height, width } = largestGrid(levels);
  return { height, width, patches: inside?.length ?? height * width, channels };
}

/**
 * An image's features as a matrix with one patch a row, [patches, channels]: every level resized to the largest one's grid and
 * joined, as inspection does it; of these, the patches to learn from.
 */
export function patchRows(levels: readonly Value[], inside: Inside): Value {
  return insideRows(patchFeatures(levels).rows, inside);
}
