import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { RECIPES, type RecipeName } from "./schema.ts";

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

const cells = (line: string) =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll("`", ""));

/** A recipe as the tables of a page have it: the column of its name. */
function documented(page: string, name: string): Record<string, unknown> | undefined {
  for (const table of page.split("\n\n").filter((part) => part.startsWith("| Field"))) {
    const [header, , ...rows] = table.trim().split("\n").map(cells);
    const column = header!.indexOf(name);
    if (column < 0) continue;
    const filled = rows.filter((row) => row[column] !== "-");
    return Object.fromEntries(filled.map((row) => [row[0]!, parse(row[column]!)]));
  }
  return undefined;
}

test.each(Object.keys(RECIPES) as RecipeName[])(
  "docs/method.md has every field of the recipe %s, and what it is set to",
  async (name) => {
    const page = await readFile(new URL("../../docs/method.md", import.meta.url), "utf8");
    expect(documented(page, name)).toEqual(Object.fromEntries(flatten(RECIPES[name])));
  },
);
