import type { BenchmarkResults } from "../results.ts";
import type { Cells, Estimate, Subject } from "./estimate.ts";
import { part } from "./figures.ts";
import type { Measure } from "./measures.ts";
import { type Cell, MISSING, type Notes, type Part } from "./table.ts";

/** A cell and whether its figures may be the best of their row or column, part by part. */
export interface Contestant {
  readonly cell: Cell;
  readonly competes: readonly boolean[];
}

/** The cell of one class, or of the average where `className` is undefined. Only whole averages of the last moment compete. */
export function estimateCell(
  results: BenchmarkResults,
  cells: Cells,
  notes: Notes,
  subject: Subject,
  measures: readonly Measure[],
  className?: string,
): Contestant {
  const estimates = measures.map((measure) =>
    className === undefined ? cells.average(subject, measure) : cells.estimate(subject, measure, className),
  );
  const texts = new Set(
    estimates.flatMap((estimate) => remarks(results, cells, subject, estimate, className)),
  );
  const parts = estimates.map(
    (estimate): Part => (estimate === undefined ? { text: MISSING } : shown(estimate, measures)),
  );
  return {
    cell: { parts, marks: [...texts].map((text) => notes.mark(text)).sort() },
    competes: estimates.map(
      (estimate) =>
        estimate !== undefined && subject.moment === "last" && isWhole(results, estimate, className),
    ),
  };
}

/** Deviations of several measures would not fit into one cell. */
function shown(estimate: Estimate, measures: readonly Measure[]): Part {
  const whole = part(estimate);
  return measures.length === 1 ? whole : { text: whole.text };
}

function isWhole({ suite }: BenchmarkResults, { classes }: Estimate, className: string | undefined): boolean {
  return className !== undefined || classes === suite.classes.length;
}

function remarks(
  results: BenchmarkResults,
  cells: Cells,
  subject: Subject,
  estimate: Estimate | undefined,
  className: string | undefined,
): string[] {
  if (estimate === undefined) return [whyMissing(results, cells, subject, className)];
  const list: string[] = [];
  if (!isWhole(results, estimate, className)) {
    list.push(
      `average of ${estimate.classes} of ${results.suite.classes.length} classes, compared with no other`,
    );
  }
  if (estimate.seeds === 0) list.push("no seed has all these classes: mean of what each class has");
  else if (estimate.seeds < results.seeds.length) {
    list.push(`${estimate.seeds} of ${results.seeds.length} seeds`);
  }
  return list;
}

function whyMissing(
  { failures }: BenchmarkResults,
  cells: Cells,
  subject: Subject,
  className: string | undefined,
): string {
  const done = className === undefined ? cells.ofAll(subject) : cells.of(subject, className);
  if (done.length > 0 && subject.moment === "oracle") return "no snapshots to choose from, or not measurable";
  if (done.length > 0) return "not measurable: the images or masks that it needs are missing";
  const failure = failures.find(
    (failed) =>
      failed.backbone === subject.backbone &&
      failed.variant === subject.variant &&
      (className === undefined || failed.class === className),
  );
  return failure === undefined ? "not computed" : `not computed: failed with ${failure.code}`;
}
