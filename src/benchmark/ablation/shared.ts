import { changeRecipe, type HybridRecipe, type Recipe, type TrainedRecipe } from "../../recipes/index.ts";
import type { Sweep } from "./sweep.ts";
import { values } from "./values.ts";

export const neighbourhood: Sweep<Recipe> = {
  title: "neighbourhood",
  choices: ({ base }) => {
    const own = base.aggregation.kind === "average" ? base.aggregation.neighbourhood : 3;
    return values([1, 3, 5, 7], own).map((size) => ({
      id: `${size}`,
      label: `${size} x ${size}`,
      recipe: { ...base, aggregation: { kind: "average", neighbourhood: size } },
    }));
  },
};

const FACTORS = [1 / 3, 1 / 2, 1, 2, 3];

export const sigma: Sweep<TrainedRecipe | HybridRecipe> = {
  title: "deviation of the noise",
  choices: ({ base }) =>
    FACTORS.map((factor) => {
      const deviation = Number((factor * base.noise.deviation).toPrecision(3));
      return {
        id: `${deviation}`,
        label: `${deviation}`,
        recipe: changeRecipe(base, { "noise.deviation": deviation }),
      };
    }),
};
