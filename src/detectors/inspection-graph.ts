import type { Backbone } from "../backbones/index.ts";
import { featureGraph, type Head } from "../features/index.ts";
import { type Graph, reduceMax, type Value } from "../graph/index.ts";
import type { Mask } from "../images/index.ts";
import type { Recipe } from "../recipes/index.ts";
import { atLeastHalf, cellMeans, largestGrid } from "../stages/index.ts";
import { inspectInside } from "./inspect-inside.ts";
import { smoothMap } from "./smooth-map.ts";

export interface InspectionGraphRequest {
  readonly backbone: Backbone;
  readonly recipe: Pick<Recipe, "preprocessing" | "aggregation" | "score">;
  /** What the method learned. */
  readonly head: Head;
  /** What to inspect, stretched over every image; 1 = inspected. The whole image if left out. */
  readonly region?: Mask | undefined;
}

/**
 * The deployed network: `image` uint8 [height, width, 3] in; `anomaly_map` float32 [height, width] and `score` float32
 * scalar out. The map of patch scores is upsampled bilinearly, smoothed, and brought back to the image's frame. Nothing
 * is clamped or normalised.
 */
export function inspectionGraph({ backbone, recipe, head, region }: InspectionGraphRequest): Graph {
  const { graph, image, levels, grids } = featureGraph(backbone, recipe);
  const grid = largestGrid(grids);
  const { size } = recipe.preprocessing;
  const output = (map: Value, score: Value) => {
    graph.output("anomaly_map", map);
    graph.output("score", score);
    return graph;
  };
  if (region === undefined) {
    const { patches, score } = head(levels, grids);
    const map = smoothMap(patches, grid, size, recipe.score.smoothing);
    const worst = recipe.score.image === "patch" ? patches : image.inspected(map);
    return output(image.toImageFrame(map), score ?? reduceMax(worst, undefined, false));
  }
  const fitted = image.region(region);
  const inside = atLeastHalf(cellMeans(fitted.seen, grid));
  const { patches, score } = head(levels, grids, inside);
  const { map, worst } = inspectInside({ image, region: fitted, patches, inside, grid, recipe });
  return output(map, score ?? worst());
}
