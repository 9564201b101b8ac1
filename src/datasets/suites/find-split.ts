import { stat } from "node:fs/promises";
import { join } from "node:path";
import { invalidDataset } from "../dataset-error.ts";
import type { Split } from "./open-split-class.ts";
import type { Publication } from "./publication.ts";
import { readSplitFile } from "./split-file.ts";

/** Reads the first of the publication's split files that is there. Throws as `openSuite`. */
export async function findSplit(root: string, { splitFiles = [], page }: Publication): Promise<Split> {
  for (const name of splitFiles) {
    const path = join(root, ...name.split("/"));
    const isThere = await stat(path).then(
      (entry) => entry.isFile(),
      () => false,
    );
    if (isThere) return { path, rows: await readSplitFile(path) };
  }
  throw invalidDataset(
    root,
    `the file ${splitFiles[0]}, which says what is for training`,
    "no such file",
    `Get it from ${page} and put it there.`,
  );
}
