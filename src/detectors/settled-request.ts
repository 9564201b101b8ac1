import { RECIPES, type Recipe } from "../recipes/index.ts";
import { besideModel } from "./beside-model.ts";
import type { TrainRequest } from "./train-request.ts";

/** A request in which what may be left out is said. */
export interface SettledRequest extends TrainRequest {
  readonly recipe: Recipe;
  readonly seed: number;
  readonly stateDir: string;
  readonly resume: boolean;
}

export function settle(request: TrainRequest): SettledRequest {
  const { output, recipe = RECIPES.default, seed = 0, resume = true } = request;
  const { stateDir = besideModel(output).stateDir } = request;
  return { ...request, recipe, seed, stateDir, resume };
}
