import type { Backbone } from "../backbones/index.ts";
import { type Graph, neg, reduceMax, reshape, resizeBilinear, type Tensors } from "../graph/index.ts";
import {
  align,
  type ChannelMoments,
  discriminate,
  patchFeatures,
  project,
  scaleFeatures,
} from "../stages/index.ts";
import { featureGraph, type Recipe } from "../training/index.ts";
import { InspectionContext } from "./inspection-context.ts";
import { smooth } from "./smooth.ts";

export interface InspectionGraphRequest {
  readonly backbone: Backbone;
  readonly recipe: Recipe;
  readonly weights: Tensors;
  /** Absent when the recipe takes features as they are. */
  readonly scaling: ChannelMoments | undefined;
}

/**
 * The deployed network: `image` uint8 [height, width, 3] in; `anomaly_map` float32 [height, width] and `score` float32
 * scalar out. The fuser is gone. A patch's anomaly score is the negated logit of its normality; the map is upsampled
 * bilinearly, smoothed, and brought back to the image's frame. Nothing is clamped or normalised.
 */
export function inspectionGraph({ backbone, recipe, weights, scaling }: InspectionGraphRequest): Graph {
  const { graph, image, levels } = featureGraph(backbone, recipe);
  const context = new InspectionContext(graph, weights);
  const scaled = scaling === undefined ? levels : scaleFeatures(levels, scaling);
  const aligned = align(context, patchFeatures(scaled), recipe.aligner);
  const projected = project(context, aligned.rows.shape[1] as number, recipe.discriminator)(aligned.rows);
  const scores = neg(discriminate(context, projected, recipe.discriminator));

  const { size } = recipe.preprocessing;
  const patches = reshape(scores, [1, 1, aligned.height, aligned.width]);
  const map = smooth(resizeBilinear(patches, [size, size]), recipe.score.smoothing);
  const worst = recipe.score.image === "patch" ? patches : image.inspected(map);
  graph.output("anomaly_map", image.toImageFrame(map));
  graph.output("score", reduceMax(worst, undefined, false));
  return graph;
}
