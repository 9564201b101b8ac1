import { rm } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "../files.ts";
import { nameOfResult } from "./cell.ts";
import type { Collected } from "./collect.ts";
import { makeFigure, readTiles } from "./figure/index.ts";
import { type BenchmarkFolder, writeJson } from "./folder.ts";
import { renderTables } from "./tables/index.ts";

const FILES = {
  page: "benchmark.html",
  markdown: "tables.md",
  latex: "tables.tex",
  cells: "results.csv",
  results: "results.json",
} as const;

export interface WrittenResults {
  /** Paths by what they are of; the figure is absent where there is nothing to show. */
  readonly files: Readonly<Record<keyof typeof FILES, string>> & { readonly figure?: string };
  /** The most important tables in plain text. */
  readonly tables: string;
}

/** Writes the results of an output folder in every form. */
export async function writeResults(folder: BenchmarkFolder, { results }: Collected): Promise<WrittenResults> {
  const at = (name: string) => join(folder.path, name);
  const figure = await makeFigure(results, (cell) => readTiles(folder.tiles(nameOfResult(cell))));
  const { markdown, html, latex, csv, text } = await renderTables(results, { figure });
  await writeJson(at(FILES.results), results);
  await writeFileAtomic(at(FILES.cells), csv);
  await writeFileAtomic(at(FILES.latex), latex);
  if (figure === undefined) await rm(at("figure.png"), { force: true });
  else await writeFileAtomic(at("figure.png"), figure.png);
  await writeFileAtomic(at(FILES.markdown), markdown);
  await writeFileAtomic(at(FILES.page), html);
  const paths = Object.entries(FILES).map(([kind, name]) => [kind, at(name)]);
  return {
    files: { ...Object.fromEntries(paths), ...(figure && { figure: at("figure.png") }) },
    tables: text,
  };
}
