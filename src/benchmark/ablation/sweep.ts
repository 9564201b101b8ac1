import type { Recipe } from "../../recipes/index.ts";

/** One value of what a sweep varies. */
export interface Choice {
  /** File-safe, unique in its sweep. */
  readonly id: string;
  readonly label: string;
  readonly recipe: Recipe;
  /** Taken instead of the backbone's own taps. */
  readonly taps?: readonly string[];
}

/** What sweeps start from. */
export interface Setting<Base extends Recipe> {
  readonly base: Base;
  /** Steps of every training, where it is not each recipe's own length. */
  readonly steps?: number | undefined;
  /** Which of layer1 to layer4 every backbone has. */
  readonly layers: readonly string[];
}

/** A question put to a recipe by changing one thing in it. */
export interface Sweep<Base extends Recipe> {
  /** What varies, in the words of a table's title. */
  readonly title: string;
  /** The recipe with each choice made, what the recipe itself chooses among them. */
  choices(setting: Setting<Base>): Choice[];
}
