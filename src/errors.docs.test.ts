import { readFile } from "node:fs/promises";
import { glob } from "tinyglobby";
import { expect, test } from "vitest";
import { FINDING_CODES } from "./datasets/index.ts";
import { ERROR_CODES } from "./errors.ts";
import { checkMachine } from "./report/index.ts";

const page = await readFile(new URL("../docs/errors.md", import.meta.url), "utf8");

/** The rows of the table under a heading: first and second cell. */
function tableUnder(heading: string): Record<string, string> {
  const [, section] = page.split(new RegExp(`^#+ ${heading}$`, "m"));
  const [text] = section!.split(/^#/m);
  const rows = [...text!.matchAll(/^\| *`?([^|`]+?)`? *\| *(.*?) *\|$/gm)].slice(2);
  return Object.fromEntries(rows.map(([, code, meaning]) => [code!, meaning!]));
}

test("the error codes and what they mean", () => {
  expect(tableUnder("Error codes")).toEqual(ERROR_CODES);
});

test("every code that the source has is on the page, and no other", async () => {
  const files = await glob("src/**/*.ts", { ignore: "**/*.test.ts" });
  const sources = await Promise.all(files.map((file) => readFile(file, "utf8")));
  const used = sources.flatMap((source) =>
    [...source.matchAll(/"(RSAD_[A-Z_]+)"/g)].map(([, code]) => code!),
  );
  const documented = Object.keys(tableUnder("Codes of the command line alone"));
  expect(documented.sort()).toEqual(
    [...new Set(used)].filter((code) => !Object.hasOwn(ERROR_CODES, code)).sort(),
  );
});

test("the exit codes", async () => {
  const { EXIT } = await import("./cli/exit-code.ts");
  expect(Object.keys(tableUnder("Exit codes")).map(Number)).toEqual(Object.values(EXIT));
});

test("the findings about a data set and what they mean", () => {
  expect(tableUnder("About a data set")).toEqual(FINDING_CODES);
});

test("the findings about the machine", async () => {
  const found = (await checkMachine()).map(({ code }) => code);
  const known = [...Object.keys(tableUnder("About the machine")), ...Object.keys(ERROR_CODES)];
  for (const code of found) expect(known).toContain(code);
});
