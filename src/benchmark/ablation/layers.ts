import type { Recipe } from "../../recipes/index.ts";
import type { Sweep } from "./sweep.ts";

/** The names that residual networks give what a sweep can combine. */
export const LAYERS = ["layer1", "layer2", "layer3", "layer4"] as const;

/** Each layer alone, neighbours together, and three in a row: what the paper's choice of 2 and 3 is to be seen against. */
const COMBINATIONS = [[1], [2], [3], [4], [1, 2], [2, 3], [3, 4], [1, 2, 3], [2, 3, 4]];

export const layers: Sweep<Recipe> = {
  title: "layers",
  choices: ({ base, layers: there }) =>
    COMBINATIONS.map((numbers) => ({
      id: numbers.join("-"),
      label: numbers.join(" + "),
      recipe: base,
      taps: numbers.map((number) => `layer${number}`),
    })).filter(({ taps }) => taps.every((tap) => there.includes(tap))),
};
