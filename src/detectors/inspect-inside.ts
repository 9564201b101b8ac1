import { cast, div, greater, maximum, mul, reduceMax, type Value, where } from "../graph/index.ts";
import type { PreprocessedImage, PreprocessedRegion } from "../images/index.ts";
import type { Grid } from "../pixels/index.ts";
import type { Recipe } from "../recipes/index.ts";
import { atLeastHalf } from "../stages/index.ts";
import { smoothMap } from "./smooth-map.ts";

/** The least that inspected patches must weigh in a pixel for it to be known. */
const LEAST_WEIGHT = 1e-6;

export interface InsideRequest {
  readonly image: PreprocessedImage;
  readonly region: PreprocessedRegion;
  /** [1, 1, h, w]. */
  readonly patches: Value;
  /** [1, 1, h, w]: 1 for the patches that lie in the region, 0 for others. */
  readonly inside: Value;
  /** Where the patches lie in the network's frame. */
  readonly grid: Grid;
  readonly recipe: Pick<Recipe, "preprocessing" | "score">;
}

/**
 * The map of what lies in a region, NaN elsewhere, and the score of that. Patches outside, on which nothing was learned, count for
 * nothing: pixels near the border are interpolated and smoothed from inspected patches alone, whose weights are scaled up to 1. A
 * pixel of the region that no such patch is near is not inspected. The score is the worst patch's or the worst pixel's of
 * the network's frame; minus infinity where the region leaves nothing.
 */
export function inspectInside({ image, region, patches, inside, grid, recipe }: InsideRequest) {
  const { size } = recipe.preprocessing;
  const { smoothing } = recipe.score;
  const isInside = greater(inside, 0);
  const weight = smoothMap(inside, grid, size, smoothing);
  const map = div(
    smoothMap(where(isInside, patches, 0), grid, size, smoothing),
    maximum(weight, patches.graph.scalar(LEAST_WEIGHT)),
  );
  const known = cast(greater(weight, LEAST_WEIGHT), "float32");
  const worst = () =>
    recipe.score.image === "patch"
      ? where(isInside, patches, Number.NEGATIVE_INFINITY)
      : where(greater(mul(known, atLeastHalf(region.seen)), 0), map, Number.NEGATIVE_INFINITY);
  const inspected = greater(mul(region.inImage, image.toImageFrame(known)), 0.5);
  return {
    map: where(inspected, image.toImageFrame(map), Number.NaN),
    worst: () => reduceMax(worst(), undefined, false),
  };
}
