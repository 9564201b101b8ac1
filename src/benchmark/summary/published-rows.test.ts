import { expect, test } from "vitest";
import { AUPRO, IMAGE_AUROC, type Measure } from "../tables/measures.ts";
import { Notes } from "../tables/table.ts";
import { publishedRows } from "./published-rows.ts";

/** Rows as texts. */
function shown(suites: readonly string[], measure: Measure): string[][] {
  return publishedRows(suites, measure, new Notes()).map(({ label, cells }) => [
    label,
    ...cells.map(({ parts }) => parts[0]!.text),
  ]);
}

test("the paper's row has all four suites, and their average", () => {
  expect(shown(["mpdd", "mvtec", "visa", "pcb-bank"], IMAGE_AUROC)).toEqual([
    ["RSAD", "98.3", "96.1", "93.8", "97.4", "96.4"],
  ]);
});

test("of two suites all are shown who print both; another suite has no figure and leaves no average", () => {
  const rows = shown(["mvtec", "custom", "visa"], IMAGE_AUROC);
  expect(rows).toContainEqual(["RSAD", "96.1", "–", "93.8", "–"]);
  expect(rows).toContainEqual(["DDAD", "99.8", "–", "98.9", "–"]);
  // One from its own repository, the other from the EfficientAD paper.
  expect(rows.map(([label]) => label)).not.toContain("PatchCore");
});

test("a single published suite has none, nor have measures that nobody prints on all", () => {
  expect(shown(["mvtec", "custom"], IMAGE_AUROC)).toEqual([]);
  expect(shown(["mvtec", "visa", "pcb-bank"], AUPRO)).toEqual([]);
});
