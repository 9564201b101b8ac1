import type { Backbone } from "../backbones/index.ts";
import { Graph, type Value } from "../graph/index.ts";
import { imageInput, type PreprocessedImage, preprocess } from "../images/index.ts";
import type { Grid } from "../pixels/index.ts";
import type { Recipe } from "../recipes/index.ts";
import { aggregate } from "../stages/index.ts";
import { gridsOf } from "./level.ts";

export interface FeatureGraph {
  readonly graph: Graph;
  readonly image: PreprocessedImage;
  /** Aggregated levels of one image at their own resolution, [1, C, h, w] each. */
  readonly levels: readonly Value[];
  /** Where each level's patches lie in the network's input. */
  readonly grids: readonly Grid[];
}

/** From a decoded image to the frozen part of the network's result; training and inspection both start with it. */
export function featureGraph(
  backbone: Backbone,
  recipe: Pick<Recipe, "preprocessing" | "aggregation">,
): FeatureGraph {
  const graph = new Graph("rsad");
  const image = preprocess(imageInput(graph), recipe.preprocessing);
  const levels = aggregate(backbone.build(image.pixels), recipe.aggregation);
  return { graph, image, levels, grids: gridsOf(backbone.taps) };
}
