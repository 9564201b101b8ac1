import type { Backbone } from "../backbones/index.ts";
import { featureGraph, type Head } from "../features/index.ts";
import { type Graph, reduceMax } from "../graph/index.ts";
import type { Recipe } from "../recipes/index.ts";
import { smoothMap } from "./smooth-map.ts";

export interface InspectionGraphRequest {
  readonly backbone: Backbone;
  readonly recipe: Pick<Recipe, "preprocessing" | "aggregation" | "score">;
  /** What the method learned. */
  readonly head: Head;
}

/**
 * The deployed network: `image` uint8 [height, width, 3] in; `anomaly_map` float32 [height, width] and `score` float32
 * scalar out. The map of patch scores is upsampled bilinearly, smoothed, and brought back to the image's frame. Nothing
 * is clamped or normalised.
 */
export function inspectionGraph({ backbone, recipe, head }: InspectionGraphRequest): Graph {
  const { graph, image, levels } = featureGraph(backbone, recipe);
  const { patches, score } = head(levels);
  const { size } = recipe.preprocessing;
  const map = smoothMap(patches, size, recipe.score.smoothing);
  const worst = recipe.score.image === "patch" ? patches : image.inspected(map);
  graph.output("anomaly_map", image.toImageFrame(map));
  graph.output("score", score ?? reduceMax(worst, undefined, false));
  return graph;
}
