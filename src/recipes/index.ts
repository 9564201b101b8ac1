export type { DfmRecipe, PadimRecipe, PatchCoreRecipe } from "./baselines.ts";
export type { HybridRecipe } from "./hybrid.ts";
export { meantRecipe } from "./names.ts";
export { changeRecipe, checkRecipe, recipe } from "./recipe.ts";
export type { Scaling } from "./scaling.ts";
export {
  isTrained,
  learnsInSteps,
  METHODS,
  type Method,
  RECIPES,
  type Recipe,
  type RecipeName,
  recipeSchema,
} from "./schema.ts";
export type { TrainedRecipe } from "./trained.ts";
