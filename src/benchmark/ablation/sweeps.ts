import { RsadError } from "../../errors.ts";
import type { RECIPES, Recipe } from "../../recipes/index.ts";
import { hybridSwitches, parts } from "./hybrid.ts";
import { layers } from "./layers.ts";
import { neighbourhood, sigma } from "./shared.ts";
import { aligner, discriminator, loss, monaDepth, monaWidth } from "./stages.ts";
import type { Sweep } from "./sweep.ts";
import { switchesTo } from "./switches.ts";

/** In the order of the tables. */
const trained = {
  aligner,
  layers,
  neighbourhood,
  sigma,
  "mona-width": monaWidth,
  "mona-depth": monaDepth,
  discriminator,
  loss,
} as const;

const all = {
  default: { parts, layers, neighbourhood, sigma, switches: hybridSwitches },
  noise: { ...trained, switches: switchesTo("paper") },
  paper: { ...trained, switches: switchesTo("noise") },
} as const;

/** A recipe that can be taken apart. */
export type AblatedRecipe = keyof typeof all;
export const ABLATED_RECIPES = Object.keys(all) as readonly AblatedRecipe[];

/** What an ablation varies; {@link sweepNames} has those of each recipe. */
export type SweepName = { [Name in AblatedRecipe]: keyof (typeof all)[Name] }[AblatedRecipe];
export type Sweeps<Base extends Recipe> = Readonly<Partial<Record<SweepName, Sweep<Base>>>>;

/** By recipe and by the names that the command line knows. */
export const SWEEPS: { readonly [Name in AblatedRecipe]: Sweeps<(typeof RECIPES)[Name]> } = all;

/** The names of all sweeps, of a recipe or of any. */
export function sweepNames(recipe?: AblatedRecipe): readonly SweepName[] {
  const recipes = recipe === undefined ? ABLATED_RECIPES : [recipe];
  return [...new Set(recipes.flatMap((name) => Object.keys(SWEEPS[name]) as SweepName[]))];
}

/** Throws RSAD_ARGUMENT_INVALID for a sweep that the recipe does not have. */
export function checkSweeps(recipe: AblatedRecipe, sweeps: readonly SweepName[]): void {
  const other = sweeps.find((sweep) => !sweepNames(recipe).includes(sweep));
  if (other === undefined) return;
  const having = ABLATED_RECIPES.filter((name) => sweepNames(name).includes(other));
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "--sweeps",
    expected: `of the sweeps of the recipe ${recipe}, ${sweepNames(recipe).join(", ")},`,
    received: other,
    hint: `It is a sweep of ${having.join(" and ")}: --recipe ${having[0]}.`,
  });
}
