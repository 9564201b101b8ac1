import { z } from "zod";
import {
  type DfmRecipe,
  dfm,
  dfmRecipeSchema,
  type PadimRecipe,
  type PatchCoreRecipe,
  padim,
  padimRecipeSchema,
  patchCoreRecipeSchema,
  patchcore,
} from "./baselines.ts";
import { type HybridRecipe, hybridRecipeSchema, standard } from "./hybrid.ts";
import { noise, paper, simplenet, type TrainedRecipe, trainedRecipeSchema } from "./trained.ts";

export const recipeSchema = z.discriminatedUnion("method", [
  hybridRecipeSchema,
  trainedRecipeSchema,
  patchCoreRecipeSchema,
  padimRecipeSchema,
  dfmRecipeSchema,
]);

/** A method's whole settings; `method` says which method's. */
export type Recipe = HybridRecipe | TrainedRecipe | PatchCoreRecipe | PadimRecipe | DfmRecipe;
/** What {@link METHODS} has the names of. */
export type Method = Recipe["method"];

export const RECIPES = { default: standard, noise, paper, simplenet, patchcore, padim, dfm } as const;
export type RecipeName = keyof typeof RECIPES;

/** The methods, and the name of the recipe that each starts from. */
export const METHODS = {
  hybrid: "default",
  rsad: "noise",
  simplenet: "simplenet",
  patchcore: "patchcore",
  padim: "padim",
  dfm: "dfm",
} as const satisfies Record<Method, RecipeName>;

/** Whether a recipe is of a method that learns step by step. */
export function learnsInSteps(recipe: Recipe): recipe is TrainedRecipe | HybridRecipe {
  return isTrained(recipe) || recipe.method === "hybrid";
}

/** Whether a recipe is one of the paper's form, or of SimpleNet's, its ancestor: an aligner and a discriminator, told by noise. */
export function isTrained(recipe: Recipe): recipe is TrainedRecipe {
  return recipe.method === "rsad" || recipe.method === "simplenet";
}
