import { type CellName, nameOfResult } from "./cell.ts";
import type { BenchmarkFolder } from "./folder.ts";
import type { BenchmarkResults, CellFailure, CellResult, UsedBackbone, Variant, Wanted } from "./results.ts";
import { canonical } from "./sha256.ts";

export interface Collected {
  readonly results: BenchmarkResults;
  /** Cells that are wanted and neither finished nor failed, such as those of another shard. */
  readonly missing: readonly CellName[];
  /** Files of cells that are wanted in another form, or that cannot be read: left out. */
  readonly outdated: readonly string[];
}

/** Gathers the finished and failed cells of an output folder. */
export async function collectResults(folder: BenchmarkFolder, wanted: Wanted): Promise<Collected> {
  const cells: CellResult[] = [];
  const failures: CellFailure[] = [];
  const missing: CellName[] = [];
  const outdated: string[] = [];
  for (const { name, backbone, variant } of wantedCells(wanted)) {
    const cell = await folder.readCell(name);
    if (cell !== undefined && cell !== "damaged" && isOf(cell, name, variant, backbone)) {
      cells.push(cell);
      continue;
    }
    if (cell !== undefined) outdated.push(folder.cell(name));
    const failure = await folder.readFailure(name);
    if (failure === undefined) missing.push(name);
    else failures.push(failure);
  }
  return { results: { ...wanted, cells, failures }, missing, outdated };
}

function* wantedCells({ suite, backbones, variants, seeds }: Wanted) {
  for (const className of suite.classes)
    for (const backbone of backbones)
      for (const variant of variants)
        for (const seed of seeds) {
          const name: CellName = { class: className, backbone: backbone.id, variant: variant.id, seed };
          yield { name, backbone, variant };
        }
}

/**
 * Whether a cell was computed as it is wanted now, so that a table does not mix two recipes under one name, and whether its file
 * lies where it was written, so that a table counts none twice.
 */
function isOf(cell: CellResult, name: CellName, variant: Variant, backbone: UsedBackbone): boolean {
  const taps = variant.taps ?? backbone.taps;
  return (
    canonical(nameOfResult(cell)) === canonical(name) &&
    canonical(cell.recipe) === canonical(variant.recipe) &&
    cell.backbone.sha256 === backbone.sha256 &&
    canonical(cell.backbone.taps) === canonical(taps)
  );
}
