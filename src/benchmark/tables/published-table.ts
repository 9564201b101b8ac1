import { learnsInSteps } from "../../recipes/index.ts";
import { type PublishedResult, publishedResults } from "../published/index.ts";
import type { BenchmarkResults } from "../results.ts";
import { Cells } from "./estimate.ts";
import { estimateCell } from "./estimate-cell.ts";
import { aboutSeeds } from "./leads.ts";
import { markBest } from "./mark-best.ts";
import { AUPRO, IMAGE_AUROC, PIXEL_AUROC } from "./measures.ts";
import { CHECKPOINTS, MODELS } from "./origin.ts";
import { publishedCell } from "./published-columns.ts";
import { allSubjects, type Labelled } from "./subjects.ts";
import { type Column, Notes, type Row, type Table, words } from "./table.ts";

const SHOWN = [IMAGE_AUROC, PIXEL_AUROC, AUPRO];

/**
 * The averages of the paper's table 4, this run's and published ones, with what must be known to hold one against the
 * other; undefined for a suite on which nothing is published.
 */
export function publishedTable(results: BenchmarkResults): Table | undefined {
  const known = publishedResults(results.suite.id);
  if (known.length === 0) return undefined;
  const cells = new Cells(results);
  const notes = new Notes();
  const subjects = allSubjects(results, cells, notes);
  const columns = SHOWN.map((measure) =>
    markBest(subjects.map((subject) => estimateCell(results, cells, notes, subject, [measure]))),
  );
  const own = subjects.map(
    (subject, i): Row => ({
      label: subject.label,
      kind: "measured",
      marks: subject.marks,
      cells: [
        ...columns.map((column) => column[i]!),
        ...[MODELS["one model per class"], checkpoint(results, subject), "this run"].map(words),
      ],
    }),
  );
  const published = known.map(
    (result): Row => ({
      label: result.method,
      kind: "published",
      marks: result.note === undefined ? [] : [notes.mark(result.note)],
      cells: [...SHOWN.map((measure) => publishedCell(result, measure)), ...origin(result).map(words)],
    }),
  );
  return {
    id: "published",
    title: "Beside published figures (%)",
    lead: `Averages over the classes. ${aboutSeeds(results, true)} Rows in italics are published figures, out of competition.`,
    corner: "Method",
    columns: [
      ...SHOWN.map(({ short }): Column => ({ label: short, kind: "measured", marks: [] })),
      ...["Models", "Checkpoint", "Source"].map((label): Column => ({ label, kind: "words", marks: [] })),
    ],
    rows: [...own, ...published],
    notes: notes.list(),
  };
}

function checkpoint({ variants }: BenchmarkResults, { variant, moment }: Labelled): string {
  if (moment === "oracle") return CHECKPOINTS.test;
  const { recipe } = variants.find(({ id }) => id === variant)!;
  return learnsInSteps(recipe) ? CHECKPOINTS.last : CHECKPOINTS.none;
}

function origin({ protocol, selection, source }: PublishedResult): string[] {
  return [MODELS[protocol], CHECKPOINTS[selection], source];
}
