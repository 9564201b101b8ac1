import { readFile } from "node:fs/promises";
import { checkFields } from "../fields.ts";
import { fileError } from "../files.ts";
import type { Dataset, Sample } from "./dataset.ts";
import { invalidDataset } from "./dataset-error.ts";

/** Names that an error mentions one by one. */
const NAMED = 3;

/**
 * Reads a list of images to leave out: one path a line, below the data set's folder. Empty lines and lines that begin with
 * `# ` say nothing. Throws RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED; RSAD_DATASET_INVALID for a file that is no text.
 */
export async function readDropList(path: string): Promise<string[]> {
  checkFields("readDropList", { path }, { path: "path" });
  const text = await readFile(path, "utf8").catch((cause) => Promise.reject(fileError(cause, path)));
  if (text.includes("\0")) {
    const expected = "a text with the path of an image on each line";
    throw invalidDataset(
      path,
      expected,
      "another kind of file",
      "Give a list as rsad doctor --suspects makes it.",
    );
  }
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== "" && line !== "#" && !line.startsWith("# "));
}

/**
 * The data set without some of its training images, which `names` calls by their path below its folder, with either kind of
 * slash. Throws RSAD_DATASET_INVALID for a name that no training image has: a list that does not fit is of another data set,
 * or of this one as it was before.
 */
export function leaveOut<Set extends Pick<Dataset, "root" | "train">>(
  dataset: Set,
  names: readonly string[],
): Set {
  const { root, train } = dataset;
  const there = new Map(train.map((sample) => [sample.name, sample]));
  const dropped = new Set<Sample>();
  const strangers: string[] = [];
  for (const name of names) {
    const plain = name.normalize("NFC").replace(/^\.[/\\]/, "");
    const sample = there.get(plain) ?? there.get(plain.replaceAll("\\", "/"));
    if (sample === undefined) strangers.push(name);
    else dropped.add(sample);
  }
  if (strangers.length > 0) throw notThere(root, strangers, train[0]);
  return { ...dataset, train: train.filter((sample) => !dropped.has(sample)) };
}

function notThere(root: string, names: readonly string[], example: Sample | undefined) {
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
  return invalidDataset(
    `the images of ${root} to leave out`,
    "names of its training images",
    `${names.slice(0, NAMED).join(", ")}${more}`,
    `Names are paths below the data set's folder${example === undefined ? "" : `, such as ${example.name}`}. Take out of the list what is gone already.`,
  );
}
