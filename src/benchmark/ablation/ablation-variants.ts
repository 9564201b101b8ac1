import { recipe } from "../../recipes/index.ts";
import { fileSafe } from "../file-safe.ts";
import type { Variant } from "../results.ts";
import { sha256 } from "../sha256.ts";
import { describeChanges, type Overrides } from "../variants.ts";
import { LAYERS } from "./layers.ts";
import { type AblatedRecipe, checkSweeps, SWEEPS, type SweepName } from "./sweeps.ts";

export interface AblationRequest<Name extends AblatedRecipe = AblatedRecipe> {
  readonly recipe: Name;
  /** Fields of the recipe to replace before anything is varied. */
  readonly overrides?: Overrides | undefined;
  /** Steps of training of every variant; the recipe's own length if left out. */
  readonly steps?: number | undefined;
  readonly sweeps: readonly SweepName[];
  /** Which of layer1 to layer4 every backbone has; all if left out. */
  readonly layers?: readonly string[] | undefined;
  /** Numbers of good images of the classes that are compared, for notes on a shortened training; none if left out. */
  readonly goodCounts?: readonly number[] | undefined;
}

export interface Ablation {
  readonly variants: readonly Variant[];
  /** What was asked for and cannot be compared, in words. */
  readonly leftOut: readonly string[];
}

/**
 * The variants of an ablation, sweep by sweep. With `steps` or `overrides` they have other ids than without, so that they can stand
 * beside each other. Throws RSAD_ARGUMENT_INVALID for overrides that the recipe does not accept and sweeps that it does not have.
 */
export function ablationVariants<Name extends AblatedRecipe>(request: AblationRequest<Name>): Ablation {
  const { recipe: name, steps, layers = LAYERS, goodCounts = [] } = request;
  checkSweeps(name, request.sweeps);
  const length = steps === undefined ? {} : { length: { steps } };
  const overrides = { ...request.overrides, ...length };
  const base = recipe(name, overrides);
  const differs = Object.keys(overrides).length > 0;
  const prefix = differs ? `${name}-${sha256(base).slice(0, 8)}` : name;
  const notes = differs ? describeChanges(recipe(name), base, overrides, goodCounts) : [];

  const leftOut = request.sweeps.includes("layers") ? missingLayers(layers) : [];
  const variants = request.sweeps.flatMap((sweep) => {
    const { title, choices } = SWEEPS[name][sweep]!;
    const several = choices({ base, steps, layers });
    if (several.length < 2) return [];
    return several.map(
      ({ id, ...choice }): Variant => ({
        ...choice,
        id: fileSafe(`${prefix}-${sweep}-${id}`),
        sweep: `${title}, recipe ${name}`,
        notes,
      }),
    );
  });
  return { variants, leftOut };
}

function missingLayers(there: readonly string[]): string[] {
  const missing = LAYERS.filter((layer) => !there.includes(layer));
  if (missing.length === 0) return [];
  const what = LAYERS.length - missing.length < 2 ? "all of them" : "combinations with these";
  return [`layers: ${what} are left out, since not every backbone has ${missing.join(", ")}`];
}
