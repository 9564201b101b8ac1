import { splitHoldout } from "../detectors/index.ts";
import { type HybridRecipe, isTrained, type TrainedRecipe } from "../recipes/index.ts";
import { stepCount } from "../training/index.ts";

/** Of a method that learns step by step. */
export type SteppedRecipe = TrainedRecipe | HybridRecipe;

/** Steps that a recipe trains on so many good images of different content. */
export function stepsOf(recipe: SteppedRecipe, goodImages: number): number {
  if (!isTrained(recipe)) return recipe.length.steps;
  return stepCount(recipe, splitHoldout(goodImages, recipe.holdout, 0).train.length);
}
