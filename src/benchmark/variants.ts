import { RsadError } from "../errors.ts";
import { range } from "../format.ts";
import {
  isTrained,
  learnsInSteps,
  meantRecipe,
  RECIPES,
  type Recipe,
  type RecipeName,
  recipe,
} from "../recipes/index.ts";
import type { Variant } from "./results.ts";
import { canonical, sha256 } from "./sha256.ts";
import { type SteppedRecipe, stepsOf } from "./steps.ts";

/** Fields of a recipe to replace, by path. */
export type Overrides = Readonly<Record<string, unknown>>;

const LABELS: Record<RecipeName, string> = {
  paper: "RSAD (paper)",
  default: "RSAD (default)",
  noise: "RSAD (noise)",
  simplenet: "SimpleNet",
  patchcore: "PatchCore",
  padim: "PaDiM",
  dfm: "DFM",
};

/** The names that {@link methodVariants} knows. */
export const METHOD_NAMES = Object.keys(RECIPES) as readonly RecipeName[];

/**
 * A variant for each named recipe, with its fields replaced as `overrides` says. One with other fields has another id, so
 * that it can stand beside the plain one in a table, and a note for each. `goodCounts` are the numbers of good images to train
 * on of the classes that are compared: a shortened training is noted with what the recipe itself would have taken.
 *
 * Throws RSAD_ARGUMENT_INVALID for an unknown or repeated name, for overrides of a method that is not among the names, and for
 * fields that the recipe does not have.
 */
export function methodVariants(
  names: readonly string[],
  overrides: Readonly<Record<string, Overrides>> = {},
  goodCounts: readonly number[] = [],
): Variant[] {
  const unused = Object.keys(overrides).find((name) => !names.includes(name));
  if (unused !== undefined) {
    throw invalid("--set", `a field of one of the methods ${names.join(", ")}`, unused);
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw invalid("--methods", "each method once", twice);
  return names.map((name) => variant(name, overrides[name] ?? {}, goodCounts));
}

function variant(name: string, overrides: Overrides, goodCounts: readonly number[]): Variant {
  if (!Object.hasOwn(LABELS, name))
    throw invalid("--methods", METHOD_NAMES.join(", "), name, meantRecipe(name));
  const plain = recipe(name);
  const changed = recipe(name, overrides);
  const differs = canonical(plain) !== canonical(changed);
  return {
    id: differs ? `${name}-${sha256(changed).slice(0, 8)}` : name,
    label: LABELS[name as RecipeName],
    recipe: changed,
    notes: differs ? describeChanges(plain, changed, overrides, goodCounts) : [],
  };
}

/** What a reader of a table must know of a recipe with other fields. */
export function describeChanges(
  plain: Recipe,
  changed: Recipe,
  overrides: Overrides,
  goodCounts: readonly number[],
): string[] {
  const shortened =
    learnsInSteps(plain) && learnsInSteps(changed) ? shortening(plain, changed, goodCounts) : undefined;
  const others = Object.entries(overrides)
    .filter(([path]) => shortened === undefined || !path.startsWith("length"))
    .map(([path, value]) => `${path} = ${JSON.stringify(value)}`);
  return shortened === undefined ? others : [shortened, ...others];
}

/** undefined where training is not shorter for any class. */
function shortening(
  plain: SteppedRecipe,
  changed: SteppedRecipe,
  goodCounts: readonly number[],
): string | undefined {
  if (canonical(lengthOf(plain)) === canonical(lengthOf(changed))) return undefined;
  const own = goodCounts.map((count) => stepsOf(plain, count));
  const steps = goodCounts.map((count) => stepsOf(changed, count));
  if (!steps.some((count, i) => count < own[i]!)) return undefined;
  return `shortened to ${range(steps)} steps (of ${range(own)})`;
}

/** What the number of steps follows from. */
function lengthOf(recipe: SteppedRecipe) {
  return isTrained(recipe) ? [recipe.length, recipe.batch] : recipe.length;
}

function invalid(subject: string, expected: string, received: string, meant = ""): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject,
    expected,
    received,
    hint: `${meant}The methods are ${METHOD_NAMES.join(", ")}; for example --methods default,patchcore --set default:length.steps=200.`,
  });
}
