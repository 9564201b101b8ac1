import type { z } from "zod";
import { RsadError } from "../errors.ts";
import { meantRecipe } from "./names.ts";
import { isTrained, RECIPES, type Recipe, type RecipeName, recipeSchema } from "./schema.ts";

/**
 * A recipe by name, with fields replaced: `recipe("default", { "noise.deviation": 0.2 })`. Keys are paths; a value
 * replaces what stood there. Throws RSAD_ARGUMENT_INVALID for an unknown name or field, for the field `method`, which makes a
 * recipe what it is, and for a value out of range.
 */
export function recipe<Name extends RecipeName>(
  name: Name,
  overrides?: Readonly<Record<string, unknown>>,
): (typeof RECIPES)[Name];
export function recipe(name: string, overrides?: Readonly<Record<string, unknown>>): Recipe;
export function recipe(name: string, overrides: Readonly<Record<string, unknown>> = {}): Recipe {
  if (!Object.hasOwn(RECIPES, name)) {
    throw new RsadError("RSAD_ARGUMENT_INVALID", {
      subject: "recipe",
      expected: Object.keys(RECIPES).join(", "),
      received: name,
      hint: `${meantRecipe(name)}Start from one of these and change single fields.`,
    });
  }
  return changeRecipe(RECIPES[name as RecipeName], overrides);
}

/** A recipe with fields replaced, as {@link recipe} replaces them. Throws what that throws for a field or a value. */
export function changeRecipe<R extends Recipe>(base: R, overrides: Readonly<Record<string, unknown>>): R;
export function changeRecipe(base: Recipe, overrides: Readonly<Record<string, unknown>>): Recipe {
  const draft = structuredClone(base) as Record<string, unknown>;
  for (const [path, value] of Object.entries(overrides)) {
    if (path === "method") throw otherMethod(base, value);
    const [, unit] = /^length\.(epochs|steps)$/.exec(path) ?? [];
    // Epochs and steps stand for each other.
    if (unit !== undefined && isTrained(base)) replace(draft, "length", { [unit]: value }, base.name);
    else if (unit === "epochs" && base.method === "hybrid")
      throw unknownField(path, { "length.steps": base.length.steps }, base.name);
    else replace(draft, path, value, base.name);
  }
  return checkRecipe(draft);
}

/** Validates plain data as a recipe. Throws RSAD_ARGUMENT_INVALID naming the field. */
export function checkRecipe(data: unknown): Recipe {
  const result = recipeSchema.safeParse(data);
  if (result.success) return result.data;
  const { issues } = result.error;
  // What was given says more than what is missing in its place.
  const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0]!;
  const { path, message } = innermost(issue, data);
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: `recipe field ${path.join(".") || "(whole)"}`,
    expected: "a value that the recipe accepts",
    received: `${JSON.stringify(valueAt(data, path))} (${message})`,
    hint: "docs/method.md lists the fields of a recipe and what each accepts.",
  });
}

interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Of a value that fits no form of a union: what is wrong with a part that is there, in the form that has it. */
function innermost(issue: z.core.$ZodIssue, data: unknown): Fault {
  if (issue.code !== "invalid_union") return issue;
  for (const inner of issue.errors.flat()) {
    const path = [...issue.path, ...inner.path];
    if (inner.path.length > 0 && valueAt(data, path) !== undefined)
      return innermost({ ...inner, path }, data);
  }
  return issue;
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], data);
}

function replace(target: Record<string, unknown>, path: string, value: unknown, name: string): void {
  const keys = path.split(".");
  let at = target;
  for (const key of keys.slice(0, -1)) {
    const next = Object.hasOwn(at, key) ? at[key] : undefined;
    if (typeof next !== "object" || next === null) throw unknownField(path, at, name);
    at = next as Record<string, unknown>;
  }
  if (!Object.hasOwn(target, keys[0]!)) throw unknownField(path, target, name);
  at[keys.at(-1)!] = value;
}

function otherMethod({ name, method }: Recipe, received: unknown): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: `the recipe ${name}`,
    expected: `the method ${method}, which cannot be set,`,
    received,
    hint: "Start from a recipe of the other method: on the command line --method names it.",
  });
}

function unknownField(path: string, siblings: Readonly<Record<string, unknown>>, name: string): RsadError {
  const fields = Object.keys(siblings).filter((field) => field !== "method");
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: `the recipe ${name}`,
    expected: `${fields.length === 1 ? "the field" : "one of the fields"} ${fields.join(", ")}`,
    received: path,
    hint: "docs/method.md lists the fields of a recipe and what each accepts.",
  });
}
