import { join } from "node:path";
import { writeFileAtomic } from "../files.ts";
import type { Collected } from "./collect.ts";
import { type BenchmarkFolder, writeJson } from "./folder.ts";
import { renderTables } from "./tables/index.ts";

export interface WrittenResults {
  /** Paths by what they are of. */
  readonly files: Readonly<Record<"results" | "csv" | "markdown" | "latex", string>>;
  /** The tables as Markdown. */
  readonly tables: string;
}

/** Writes the results of an output folder in every form. */
export async function writeResults(folder: BenchmarkFolder, { results }: Collected): Promise<WrittenResults> {
  const at = (name: string) => join(folder.path, name);
  const files = {
    results: at("results.json"),
    csv: at("results.csv"),
    markdown: at("tables.md"),
    latex: at("tables.tex"),
  };
  const { markdown, csv, latex } = await renderTables(results);
  await writeJson(files.results, results);
  await writeFileAtomic(files.csv, csv);
  await writeFileAtomic(files.markdown, markdown);
  await writeFileAtomic(files.latex, latex);
  return { files, tables: markdown };
}
