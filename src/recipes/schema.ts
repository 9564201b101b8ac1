import { z } from "zod";
import {
  dfm,
  dfmRecipeSchema,
  padim,
  padimRecipeSchema,
  patchCoreRecipeSchema,
  patchcore,
} from "./baselines.ts";
import { hybrid, hybridRecipeSchema } from "./hybrid.ts";
import { paper, simplenet, standard, type TrainedRecipe, trainedRecipeSchema } from "./trained.ts";

/** A method's whole settings; `method` says which method's. */
export const recipeSchema = z.discriminatedUnion("method", [
  trainedRecipeSchema,
  hybridRecipeSchema,
  patchCoreRecipeSchema,
  padimRecipeSchema,
  dfmRecipeSchema,
]);

export type Recipe = z.infer<typeof recipeSchema>;
export type Method = Recipe["method"];

export const RECIPES = { default: standard, hybrid, paper, simplenet, patchcore, padim, dfm } as const;
export type RecipeName = keyof typeof RECIPES;

/** The methods, and the name of the recipe that each starts from. */
export const METHODS = {
  rsad: "default",
  hybrid: "hybrid",
  simplenet: "simplenet",
  patchcore: "patchcore",
  padim: "padim",
  dfm: "dfm",
} as const satisfies Record<Method, RecipeName>;

/** Whether a recipe is of a method that learns step by step. */
export function isTrained(recipe: Recipe): recipe is TrainedRecipe {
  return recipe.method === "rsad" || recipe.method === "simplenet";
}
