import { range } from "../../format.ts";
import type { BenchmarkResults, Variant } from "../results.ts";
import type { Cells, Subject } from "./estimate.ts";
import type { Notes } from "./table.ts";

/** A subject with what a table calls it. */
export interface Labelled extends Subject {
  readonly label: string;
  readonly marks: readonly string[];
}

const ORACLE = "best snapshot on test (oracle)";

/** The variants as they are on one backbone, each followed by its oracle where there is one. */
export function subjectsOf(
  variants: readonly Variant[],
  backbone: string,
  cells: Cells,
  notes: Notes,
): Labelled[] {
  return variants.flatMap((variant): Labelled[] => {
    const subject = { backbone, variant: variant.id };
    const marks = variant.notes.map((note) => notes.mark(note));
    const candidates = cells
      .ofAll(subject)
      .flatMap(({ oracle }) => (oracle === undefined ? [] : [oracle.candidates]));
    const last: Labelled = { ...subject, moment: "last", label: variant.label, marks };
    if (candidates.length === 0) return [last];
    const chosen = `the best by image AUROC of ${range(candidates)} moments of training, chosen with the labels of the test images, hence out of competition`;
    return [
      last,
      {
        ...subject,
        moment: "oracle",
        label: `${variant.label}, ${ORACLE}`,
        marks: [...marks, notes.mark(chosen)],
      },
    ];
  });
}

/** The methods on every backbone, which their labels name where there are several. */
export function allSubjects(results: BenchmarkResults, cells: Cells, notes: Notes): Labelled[] {
  const { backbones } = results;
  return backbones.flatMap(({ id, name }) =>
    subjectsOf(methodsOf(results), id, cells, notes).map((subject) => ({
      ...subject,
      label: backbones.length > 1 ? `${subject.label}, ${name}` : subject.label,
    })),
  );
}

/** Those that are compared with each other, not within an ablation. */
export function methodsOf({ variants }: BenchmarkResults): readonly Variant[] {
  return variants.filter(({ sweep }) => sweep === undefined);
}
