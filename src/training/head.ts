import type { Head } from "../features/index.ts";
import { neg, reshape, type Tensors } from "../graph/index.ts";
import type { TrainedRecipe } from "../recipes/index.ts";
import {
  align,
  type ChannelMoments,
  discriminate,
  patchFeatures,
  project,
  scaleFeatures,
} from "../stages/index.ts";
import { InspectionContext } from "./inspection-context.ts";

export interface TrainedHeadRequest {
  readonly recipe: TrainedRecipe;
  readonly weights: Tensors;
  /** Absent when the recipe takes features as they are. */
  readonly scaling: ChannelMoments | undefined;
}

/** Stages 2 and 4 with their trained weights; the fuser is gone. A patch's score is the negated logit of its normality. */
export function trainedHead({ recipe, weights, scaling }: TrainedHeadRequest): Head {
  return (levels, grids) => {
    const context = new InspectionContext(levels[0]!.graph, weights);
    const scaled = scaling === undefined ? levels : scaleFeatures(levels, scaling);
    const { rows, height, width } = align(context, patchFeatures(scaled, grids), recipe.aligner);
    const projected = project(context, rows.shape[1] as number, recipe.discriminator)(rows);
    const scores = neg(discriminate(context, projected, recipe.discriminator));
    return { patches: reshape(scores, [1, 1, height, width]) };
  };
}
