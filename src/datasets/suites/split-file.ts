import { readFile } from "node:fs/promises";
import { csvParseRows } from "d3-dsv";
import { fileError } from "../../files.ts";
import { invalidDataset } from "../dataset-error.ts";

const COLUMNS = ["object", "split", "label", "image", "mask"] as const;

/** One image of a suite, as its split file tells it: all fields as they stand there. */
export type SplitRow = Readonly<Record<(typeof COLUMNS)[number], string>> & {
  /** From 1, the heading included. */
  readonly number: number;
};

/**
 * Reads the file that says of every image of a suite to which class and split it belongs: CSV with the columns object,
 * split, label, image and mask, in any order. Throws RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED; RSAD_DATASET_INVALID where
 * a column is missing.
 */
export async function readSplitFile(path: string): Promise<SplitRow[]> {
  const text = await readFile(path, "utf8").catch((cause) => Promise.reject(fileError(cause, path)));
  const [heading = [], ...rows] = csvParseRows(text.replace(/^\uFEFF/, ""));
  const places = COLUMNS.map((column) => [column, heading.indexOf(column)] as const);
  if (places.some(([, place]) => place < 0)) {
    throw invalidDataset(
      path,
      `a table with the columns ${COLUMNS.join(", ")}, separated by commas`,
      heading.length === 0 ? "an empty file" : `the heading ${heading.join(", ")}`,
      "Take the file as the data set's authors publish it; spreadsheet programs may change it when they save.",
    );
  }
  return rows.flatMap((fields, index) => {
    if (fields.every((field) => field === "")) return [];
    const entries = places.map(([column, place]) => [column, (fields[place] ?? "").trim()]);
    return [{ ...Object.fromEntries(entries), number: index + 2 } as SplitRow];
  });
}
