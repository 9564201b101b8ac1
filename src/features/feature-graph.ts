import type { Backbone } from "../backbones/index.ts";
import { Graph, type Value } from "../graph/index.ts";
import { imageInput, type PreprocessedImage, preprocess } from "../images/index.ts";
import type { Recipe } from "../recipes/index.ts";
import { aggregate } from "../stages/index.ts";

export interface FeatureGraph {
  readonly graph: Graph;
  readonly image: PreprocessedImage;
  /** Aggregated levels of one image at their own resolution, [1, C, h, w] each. */
  readonly levels: readonly Value[];
}

/** From a decoded image to the frozen part of the network's result; training and inspection both start with it. */
export function featureGraph(
  backbone: Backbone,
  recipe: Pick<Recipe, "preprocessing" | "aggregation">,
): FeatureGraph {
  const graph = new Graph("rsad");
  const image = preprocess(imageInput(graph), recipe.preprocessing);
  return { graph, image, levels: aggregate(backbone.build(image.pixels), recipe.aggregation) };
}
