import { splitHoldout } from "../detectors/index.ts";
import type { TrainedRecipe } from "../recipes/index.ts";
import { stepCount } from "../training/index.ts";

/** Steps that a recipe trains on so many good images, or on a choice of `trainImages` of them. */
export function stepsOf(recipe: TrainedRecipe, goodImages: number, trainImages = goodImages): number {
  return stepCount(recipe, splitHoldout(goodImages, recipe.holdout, 0, trainImages).train.length);
}
