import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { RECIPES } from "./recipe.ts";

/** Fields by path, values as docs/method.md writes them. */
function flatten(value: object, prefix = ""): [string, unknown][] {
  return Object.entries(value).flatMap(([name, part]) =>
    typeof part === "object" && !Array.isArray(part)
      ? flatten(part, `${prefix}${name}.`)
      : [[`${prefix}${name}`, part] as [string, unknown]],
  );
}

function parse(cell: string): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}

test("docs/method.md has every field of a recipe, and what the recipes set it to", async () => {
  const page = await readFile(new URL("../../docs/method.md", import.meta.url), "utf8");
  const [, section] = page.split("## The fields of a recipe");
  const rows = [...section!.matchAll(/^\| `([\w.]+)` +\|.*\| *([^|]*?) *\| *([^|]*?) *\|$/gm)];
  for (const [column, recipe] of [RECIPES.paper, RECIPES.default].entries()) {
    const documented = rows
      .map((row) => [row[1]!, row[2 + column]!.replaceAll("`", "")] as const)
      .filter(([, cell]) => cell !== "-");
    expect(Object.fromEntries(documented.map(([field, cell]) => [field, parse(cell)]))).toEqual(
      Object.fromEntries(flatten(recipe)),
    );
  }
});
