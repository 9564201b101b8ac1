import { join } from "node:path";
import type { Collected } from "./collect.ts";
import { type BenchmarkFolder, writeJson } from "./folder.ts";

/** Paths of what a benchmark has written, by what it is. */
export interface ResultFiles {
  readonly json: string;
}

/** Writes the results of an output folder in every form. */
export async function writeResults(folder: BenchmarkFolder, { results }: Collected): Promise<ResultFiles> {
  const json = join(folder.path, "results.json");
  await writeJson(json, results);
  return { json };
}
