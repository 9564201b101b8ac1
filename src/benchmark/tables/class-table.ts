import type { BenchmarkResults, UsedBackbone } from "../results.ts";
import { Cells } from "./estimate.ts";
import { estimateCell } from "./estimate-cell.ts";
import { aboutSeeds } from "./leads.ts";
import { markBest } from "./mark-best.ts";
import type { Measure } from "./measures.ts";
import { notLookedAt } from "./not-looked-at.ts";
import { publishedByClass, publishedCell, publishedColumn } from "./published-columns.ts";
import { methodsOf, subjectsOf } from "./subjects.ts";
import { type Column, Notes, type Row, type Table } from "./table.ts";

/**
 * Classes down, methods across, in the shape of the paper's tables 2 and 3: figures of one measure, with deviations and beside
 * published ones where these are known class by class; or of several measures in one cell, means alone.
 */
export function classTable(
  results: BenchmarkResults,
  backbone: UsedBackbone,
  measures: readonly Measure[],
): Table {
  const cells = new Cells(results);
  const notes = new Notes();
  const ofPixels = measures.some(({ level }) => level === "pixel");
  const subjects = subjectsOf(methodsOf(results), backbone.id, cells, notes);
  const published = measures.length === 1 ? publishedByClass(results.suite.id, measures[0]!) : [];
  const columns: Column[] = [
    ...subjects.map((subject): Column => {
      const blind = ofPixels ? notLookedAt(cells, subject) : undefined;
      const marks = blind === undefined ? subject.marks : [...subject.marks, notes.mark(blind)];
      return { label: subject.label, kind: subject.moment === "last" ? "measured" : "oracle", marks };
    }),
    ...published.map((result) => publishedColumn(result, notes)),
  ];
  const row = (label: string, kind: Row["kind"], className?: string): Row => ({
    label,
    kind,
    marks: [],
    cells: [
      ...markBest(
        subjects.map((subject) => estimateCell(results, cells, notes, subject, measures, className)),
      ),
      ...published.map((result) => publishedCell(result, measures[0]!, className)),
    ],
  });
  const rows = [
    ...results.suite.classes.map((name) => row(name, "measured", name)),
    row("Average", "summary"),
  ];
  return {
    id: `${measures.map(({ name }) => name).join("-")}-${backbone.id}`,
    title: `${measures.map(({ title }) => title).join(" / ")} (%), ${backbone.name}`,
    lead:
      aboutSeeds(results, measures.length === 1) +
      (published.length > 0 ? " Columns in italics are published figures, out of competition." : ""),
    corner: "Class",
    columns,
    rows,
    notes: notes.list(),
  };
}
