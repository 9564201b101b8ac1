import type { MaskRule } from "../../images/index.ts";
import { GOOD, type Sample } from "../dataset.ts";
import { compare, type FoundFile } from "../list-images.ts";
import type { ClassFiles } from "./class-files.ts";
import type { SplitRow } from "./split-file.ts";

/** What the rows of one class amount to. */
export interface ReadRows {
  readonly train: Sample[];
  readonly test: Sample[];
  /** Files that rows name and that are not there. */
  readonly absentImages: string[];
  readonly absentMasks: string[];
  /** Defective images whose row names no mask. */
  readonly unmasked: string[];
  /** Rows that are passed over, and why. */
  readonly refused: { readonly row: SplitRow; readonly reason: string }[];
  /** Paths of all files that rows name. */
  readonly used: Set<string>;
}

/**
 * Turns a class's rows into samples, sorted by name. A row is refused where it would make wrong use of its image: a defect
 * to train on, an image that an earlier row has, one of another class.
 */
export function readRows(
  name: string,
  rows: readonly SplitRow[],
  files: ClassFiles,
  maskRule: MaskRule,
): ReadRows {
  const result: ReadRows = {
    train: [],
    test: [],
    absentImages: [],
    absentMasks: [],
    unmasked: [],
    refused: [],
    used: new Set(),
  };
  for (const row of rows) {
    const image = files.find(withoutClass(row.image, name));
    const reason =
      refuse(row, name) ?? (image && result.used.has(image.path) ? "its image again" : undefined);
    if (reason !== undefined) result.refused.push({ row, reason });
    else if (image === undefined) result.absentImages.push(row.image);
    else
      add(
        result,
        row,
        image,
        row.mask === "" ? undefined : files.find(withoutClass(row.mask, name)),
        maskRule,
      );
  }
  for (const samples of [result.train, result.test]) samples.sort((a, b) => compare(a.name, b.name));
  return result;
}

function add(
  result: ReadRows,
  row: SplitRow,
  { path, name }: FoundFile,
  mask: FoundFile | undefined,
  maskRule: MaskRule,
): void {
  result.used.add(path);
  if (row.label === "normal") {
    result[row.split as "train" | "test"].push({ path, name, type: GOOD });
    return;
  }
  if (mask !== undefined) result.used.add(mask.path);
  else (row.mask === "" ? result.unmasked : result.absentMasks).push(row.mask === "" ? name : row.mask);
  result.test.push({
    path,
    name,
    type: row.label,
    ...(mask !== undefined && { mask: mask.path, maskRule }),
  });
}

function refuse({ split, label, image }: SplitRow, name: string): string | undefined {
  if (split !== "train" && split !== "test") return `the split "${split}", which is neither train nor test`;
  if (label !== "normal" && label !== "anomaly")
    return `the label "${label}", which is neither normal nor anomaly`;
  if (split === "train" && label !== "normal") return "a defective image to train on";
  if (!image.startsWith(`${name}/`)) return `an image outside the class (${image})`;
  return undefined;
}

function withoutClass(path: string, name: string): string {
  return path.slice(name.length + 1);
}
