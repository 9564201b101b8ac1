import { didYouMean } from "../did-you-mean.ts";
import { RECIPES } from "./schema.ts";

/**
 * Which of the recipes `among` was meant by a name that none of them has, as the beginning of a hint: those of the method of that
 * name, or the one that is nearly called so. Empty if there is none.
 */
export function meantRecipe(name: string, among: readonly string[] = Object.keys(RECIPES)): string {
  const ofMethod = Object.values(RECIPES)
    .filter((recipe) => recipe.method === name && among.includes(recipe.name))
    .map((recipe) => recipe.name);
  if (ofMethod.length === 0) return didYouMean(name, among);
  return `${name} is a method, whose ${ofMethod.length === 1 ? "recipe is" : "recipes are"} ${ofMethod.join(", ")}. `;
}
