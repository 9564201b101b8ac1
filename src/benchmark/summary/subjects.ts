import type { BenchmarkResults, UsedBackbone, Variant } from "../results.ts";
import type { Cells } from "../tables/estimate.ts";
import { type Labelled, subjectsOf } from "../tables/subjects.ts";
import type { Notes } from "../tables/table.ts";

/** A suite's results, and its cells by name. */
export interface SuiteCells {
  readonly results: BenchmarkResults;
  readonly cells: Cells;
}

/** What is compared over all suites. Its marks hold for every suite that has it. */
export interface SummarySubject extends Labelled {
  readonly sweep: string | undefined;
  /** Marks that hold for single suites, such as by how much training was shortened there. */
  readonly marksBySuite: readonly (readonly string[])[];
}

/** Every variant on every backbone that occurs in some suite, each followed by its oracle where there is one. */
export function summarySubjects(
  suites: readonly SuiteCells[],
  backbones: readonly UsedBackbone[],
  variants: readonly Variant[],
  notes: Notes,
): SummarySubject[] {
  return backbones.flatMap((backbone) =>
    variants.flatMap((variant) => {
      const found = suites.map((suite) => inSuite(suite, backbone, variant, notes));
      return (["last", "oracle"] as const).flatMap((moment) => {
        const bySuite = found.map((subjects) => subjects.find((subject) => subject.moment === moment));
        const there = bySuite.filter((subject) => subject !== undefined);
        if (there.length === 0) return [];
        const { label, marks } = there[0]!;
        const shared = marks.filter((mark) => there.every((subject) => subject.marks.includes(mark)));
        return {
          ...there[0]!,
          label: backbones.length > 1 ? `${label}, ${backbone.name}` : label,
          sweep: variant.sweep,
          marks: shared.sort(),
          marksBySuite: bySuite.map((subject) =>
            (subject?.marks ?? []).filter((mark) => !shared.includes(mark)),
          ),
        };
      });
    }),
  );
}

/** As the suite's own tables have it. */
function inSuite(
  { results, cells }: SuiteCells,
  { id }: UsedBackbone,
  variant: Variant,
  notes: Notes,
): Labelled[] {
  if (!results.backbones.some((backbone) => backbone.id === id)) return [];
  const own = results.variants.filter((each) => each.id === variant.id);
  return subjectsOf(own, id, cells, notes);
}
