import { type PublishedResult, publishedResults } from "../published/index.ts";
import type { Measure } from "../tables/measures.ts";
import { originOf } from "../tables/origin.ts";
import { publishedCell } from "../tables/published-columns.ts";
import { MISSING, type Notes, type Row, words } from "../tables/table.ts";

/**
 * Methods of which the same authors print the measure on every suite that is a public benchmark; none for fewer than two of these.
 * The average is that of the printed figures, where no suite is without one.
 */
export function publishedRows(suites: readonly string[], measure: Measure, notes: Notes): Row[] {
  const { published } = measure;
  if (published === undefined) return [];
  const known = suites.map(publishedResults);
  const [first, second] = known.filter((results) => results.length > 0);
  if (first === undefined || second === undefined) return [];
  return first.flatMap((result) => {
    const row = known.map((results) =>
      results.find((other) => other.mean[published] !== undefined && sameOrigin(result, other)),
    );
    if (known.some((results, i) => results.length > 0 && row[i] === undefined)) return [];
    return rowOf(result.method, row, measure, notes);
  });
}

function rowOf(
  label: string,
  row: readonly (PublishedResult | undefined)[],
  measure: Measure,
  notes: Notes,
): Row {
  const results = row.filter((result) => result !== undefined);
  const figures = results.map(({ mean }) => mean[measure.published!]!);
  const average = figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
  return {
    label,
    kind: "published",
    marks: [...new Set(results.map(originOf))].map((text) => notes.mark(text)),
    cells: [
      ...row.map((result) => {
        if (result === undefined) return words(MISSING);
        const marks = result.note === undefined ? [] : [notes.mark(result.note)];
        return { ...publishedCell(result, measure), marks };
      }),
      words(results.length < row.length ? MISSING : average.toFixed(1)),
    ],
  };
}

function sameOrigin(one: PublishedResult, other: PublishedResult): boolean {
  return (
    one.method === other.method &&
    one.protocol === other.protocol &&
    one.selection === other.selection &&
    printer(one) === printer(other)
  );
}

/** Who printed a figure, without where: "RSAD paper" of "RSAD paper, table 4". */
function printer({ source }: PublishedResult): string {
  return source.split(/[,;]/, 1)[0]!;
}
