import type { BenchmarkResults } from "../results.ts";
import { Cells } from "./estimate.ts";
import { estimateCell } from "./estimate-cell.ts";
import { aboutSeeds } from "./leads.ts";
import { markBest } from "./mark-best.ts";
import { MEASURES } from "./measures.ts";
import { allSubjects } from "./subjects.ts";
import { type Column, MISSING, Notes, type Table } from "./table.ts";

/** Methods down, every measure across: averages over the classes. */
export function summaryTable(results: BenchmarkResults): Table {
  const cells = new Cells(results);
  const notes = new Notes();
  const subjects = allSubjects(results, cells, notes);
  const shown = MEASURES.map((measure) => ({
    measure,
    column: markBest(subjects.map((subject) => estimateCell(results, cells, notes, subject, [measure]))),
  })).filter(({ column }) => column.some(({ parts }) => parts[0]!.text !== MISSING));
  return {
    id: "averages",
    title: "Averages over the classes (%)",
    lead: aboutSeeds(results, true),
    corner: "Method",
    columns: shown.map(({ measure }): Column => ({ label: measure.short, kind: "measured", marks: [] })),
    rows: subjects.map(({ label, marks }, i) => ({
      label,
      kind: "measured",
      marks,
      cells: shown.map(({ column }) => column[i]!),
    })),
    notes: notes.list(),
  };
}
