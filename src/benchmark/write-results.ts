import { join } from "node:path";
import type { Collected } from "./collect.ts";
import { type BenchmarkFolder, writeJson } from "./folder.ts";

/** Paths of what a benchmark has written, by what it is. */
export interface ResultFiles {
  readonly results: string;
}

export interface WrittenResults {
  readonly files: ResultFiles;
  /** The tables as Markdown. */
  readonly tables: string;
}

/** Writes the results of an output folder in every form. */
export async function writeResults(folder: BenchmarkFolder, { results }: Collected): Promise<WrittenResults> {
  const json = join(folder.path, "results.json");
  await writeJson(json, results);
  return { files: { results: json }, tables: "" };
}
