import { access, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { recipe } from "../../recipes/index.ts";
import type { Wanted } from "../results.ts";
import { BACKBONE, variant } from "../tables/testing/results.ts";
import { summarizeBenchmarks } from "./summarize.ts";
import { suiteFolder } from "./testing/suite-folder.ts";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "rsad-summary-"));
});
afterEach(() => rm(root, { recursive: true }));

const at = (...names: string[]) => join(root, ...names);

const folderOf = (suite: string, rest: Partial<Wanted> = {}, name = suite) =>
  suiteFolder(at(name), suite, rest);

test("reads folders, and writes the tables in every form", async () => {
  const folders = [await folderOf("one"), await folderOf("two")];
  const { suites, averages, tables, files } = await summarizeBenchmarks({ output: at("out"), folders });
  expect(suites.map(({ path, missing }) => [path, missing.length])).toEqual(folders.map((path) => [path, 1]));
  expect(averages.map(({ suite, measures }) => [suite, measures.image_auroc?.mean])).toEqual([
    ["one", 0.75],
    ["two", 0.75],
    ["average", 0.75],
  ]);
  expect(await readFile(files.markdown, "utf8")).toContain("| Method |");
  expect(tables).toMatch(/^Method +/m);
  expect(await readFile(at("out", "summary.html"), "utf8")).toMatch(/^<!doctype html>/);
  expect(await readFile(at("out", "summary.tex"), "utf8")).toContain("\\begin{table*}");
  expect(await readFile(at("out", "summary.csv"), "utf8")).toMatch(/^suite,backbone,/);
});

test("what cannot stand in one table is refused, by name, before anything is written", async () => {
  const one = await folderOf("one");
  const refused: [string[], object][] = [
    [[one], { subject: "the folders to summarise", received: 1 }],
    [[one, at("none")], { subject: at("none"), expected: "the output folder of a benchmark" }],
    [
      [one, await folderOf("one", {}, "again")],
      { subject: at("again"), hint: expect.stringContaining("rsad benchmark merge") },
    ],
    [
      [one, await folderOf("two", { variants: [variant("x", { recipe: recipe("dfm") })] })],
      { subject: `x in ${at("two")}` },
    ],
    [
      [one, await folderOf("three", { backbones: [{ ...BACKBONE, sha256: "f".repeat(64) }] })],
      { subject: `tiny in ${at("three")}` },
    ],
  ];
  for (const [folders, details] of refused) {
    await expect(summarizeBenchmarks({ output: at("out"), folders })).rejects.toMatchObject({
      code: "RSAD_ARGUMENT_INVALID",
      ...details,
    });
  }
  await expect(access(at("out"))).rejects.toThrow();
});
