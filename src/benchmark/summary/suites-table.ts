import { publishedClasses } from "../../datasets/index.ts";
import { range } from "../../format.ts";
import { uniteWanted } from "../plan-file.ts";
import type { BenchmarkResults, Wanted } from "../results.ts";
import { Cells } from "../tables/estimate.ts";
import { type Contestant, estimateCell } from "../tables/estimate-cell.ts";
import { markBest } from "../tables/mark-best.ts";
import { AUPRO, IMAGE_AUROC, type Measure, PIXEL_AUROC } from "../tables/measures.ts";
import { sweepId, sweepsOf } from "../tables/sweep-table.ts";
import { type Column, Notes, type Row, type Table } from "../tables/table.ts";
import { hasFigures } from "../tables/tables-of.ts";
import { averageCell } from "./average.ts";
import { publishedRows } from "./published-rows.ts";
import { type SuiteCells, summarySubjects } from "./subjects.ts";

export const SHOWN = [IMAGE_AUROC, PIXEL_AUROC, AUPRO];

/** A table for each measure, first of the methods, then of each group of an ablation. */
export function summaryTables(all: readonly BenchmarkResults[]): Table[] {
  const suites = all.map((results) => ({ results, cells: new Cells(results) }));
  const groups = [undefined, ...new Set(all.flatMap(sweepsOf))];
  return groups.flatMap((sweep) =>
    SHOWN.map((measure) => suitesTable(suites, measure, sweep)).filter(hasFigures),
  );
}

/** Methods down, suites and their average across, in the shape of the paper's table 4 turned round. */
function suitesTable(suites: readonly SuiteCells[], measure: Measure, sweep: string | undefined): Table {
  const notes = new Notes();
  const headings = suites.map(({ results }) => suiteColumn(results, notes));
  const { backbones, variants } = uniteAll(suites);
  const compared = variants.filter((variant) => variant.sweep === sweep);
  const subjects = summarySubjects(suites, backbones, compared, notes);
  const columns = [
    ...suites.map(({ results, cells }, i) =>
      subjects.map((subject) =>
        marked(estimateCell(results, cells, notes, subject, [measure]), subject.marksBySuite[i]!),
      ),
    ),
    subjects.map((subject) => averageCell(suites, notes, subject, measure)),
  ].map(markBest);
  const rows = subjects.map(
    ({ label, marks }, i): Row => ({
      label,
      kind: "measured",
      marks,
      cells: columns.map((column) => column[i]!),
    }),
  );
  const ids = suites.map(({ results }) => results.suite.id);
  const published = sweep === undefined ? publishedRows(ids, measure, notes) : [];
  return {
    id: [measure.name, ...(sweep === undefined ? [] : [sweepId(sweep)]), "suites"].join("-"),
    title: `${measure.title} (%)${sweep === undefined ? "" : `, ${sweep}`}`,
    lead: aboutSuites(suites, published.length > 0),
    corner: sweep === undefined ? "Method" : "Variant",
    columns: [...headings, { label: "Average", kind: "measured", marks: [] }],
    rows: [...rows, ...published],
    notes: notes.list(),
  };
}

export function uniteAll(suites: readonly SuiteCells[]): Wanted {
  return suites.map(({ results }): Wanted => results).reduce(uniteWanted);
}

function marked({ cell, competes }: Contestant, more: readonly string[]): Contestant {
  return { cell: { ...cell, marks: [...cell.marks, ...more].sort() }, competes };
}

/** An average over some of a benchmark's classes is not to be held against one over all of them. */
function suiteColumn({ suite }: BenchmarkResults, notes: Notes): Column {
  const all = publishedClasses(suite.id)?.length ?? 0;
  const run = suite.classes.length;
  const marks = run < all ? [notes.mark(`over ${run} of the suite's ${all} classes`)] : [];
  return { label: suite.title, kind: "measured", marks };
}

function aboutSuites(suites: readonly SuiteCells[], published: boolean): string {
  const counts = suites.map(({ results }) => results.seeds.length);
  const seeds =
    Math.max(...counts) === 1
      ? "Averages over each suite's classes, one seed."
      : `Averages over each suite's classes: mean ± sample standard deviation over ${range(counts)} seeds.`;
  const rows = published
    ? " Rows in italics are published figures, out of competition; their averages are of the printed figures."
    : "";
  return `${seeds} The last column averages the suites, seed by seed.${rows}`;
}
