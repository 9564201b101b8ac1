import { averageOf, type Estimate, ofSeedsInAll, type Subject } from "../tables/estimate.ts";
import type { Contestant } from "../tables/estimate-cell.ts";
import { part } from "../tables/figures.ts";
import type { Measure } from "../tables/measures.ts";
import { MISSING, type Notes } from "../tables/table.ts";
import type { SuiteCells } from "./subjects.ts";

/**
 * The average of the suites' averages over their classes: mean and deviation of those of each seed that all suites have, or where
 * there is none the mean of the suites' means. undefined unless all suites have one.
 */
export function averageOverSuites(
  suites: readonly SuiteCells[],
  subject: Subject,
  measure: Measure,
): Estimate | undefined {
  const estimates = suites.flatMap(({ cells }) => cells.average(subject, measure) ?? []);
  if (estimates.length < suites.length) return undefined;
  const bySeed = ofSeedsInAll(suites.map(({ cells }) => cells.averages(subject, measure)));
  const average = averageOf(
    bySeed,
    estimates.map(({ mean }) => mean),
  );
  return average && { ...average, classes: estimates.reduce((sum, { classes }) => sum + classes, 0) };
}

/** The cell of that average. Only one over all classes of all suites competes, and no oracle. */
export function averageCell(
  suites: readonly SuiteCells[],
  notes: Notes,
  subject: Subject,
  measure: Measure,
): Contestant {
  const average = averageOverSuites(suites, subject, measure);
  if (average === undefined) {
    const marks = [notes.mark("not every suite has it")];
    return { cell: { parts: [{ text: MISSING }], marks }, competes: [false] };
  }
  const classes = suites.reduce((sum, { results }) => sum + results.suite.classes.length, 0);
  const seeds = new Set(suites.flatMap(({ results }) => results.seeds)).size;
  const remarks: string[] = [];
  if (average.classes < classes) {
    remarks.push(`rests on ${average.classes} of the suites' ${classes} classes, compared with no other`);
  }
  if (average.seeds === 0) remarks.push("no seed has all suites: mean of what each suite has");
  else if (average.seeds < seeds) remarks.push(`${average.seeds} of ${seeds} seeds`);
  return {
    cell: { parts: [part(average)], marks: remarks.map((text) => notes.mark(text)).sort() },
    competes: [average.classes === classes && subject.moment === "last"],
  };
}
