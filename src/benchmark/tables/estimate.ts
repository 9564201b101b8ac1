import { meanAndDeviation } from "../../evaluation/index.ts";
import type { BenchmarkResults, CellResult, Measures } from "../results.ts";
import type { Measure } from "./measures.ts";

/** What stands in one place of a table, over seeds. */
export interface Estimate {
  readonly mean: number;
  /** Sample standard deviation over the seeds; undefined for a single one. */
  readonly deviation: number | undefined;
  /** Seeds that it rests on. */
  readonly seeds: number;
  /** Classes that it rests on: one, but for an average. */
  readonly classes: number;
}

/** A model's figures: as training left it, or at the moment that was best on the test set. */
export type Moment = "last" | "oracle";

/** Which cells a column (or a row) is about. */
export interface Subject {
  readonly backbone: string;
  readonly variant: string;
  readonly moment: Moment;
}

/** Finds cells by what they are of. */
export class Cells {
  readonly #results: BenchmarkResults;
  readonly #byName = new Map<string, CellResult[]>();

  constructor(results: BenchmarkResults) {
    this.#results = results;
    for (const cell of results.cells) {
      const name = key(cell.backbone.id, cell.variant, cell.class);
      this.#byName.set(name, [...(this.#byName.get(name) ?? []), cell]);
    }
  }

  /** All seeds that have been computed. */
  of({ backbone, variant }: Pick<Subject, "backbone" | "variant">, className: string): readonly CellResult[] {
    return this.#byName.get(key(backbone, variant, className)) ?? [];
  }

  /** The same for all classes. */
  ofAll(subject: Pick<Subject, "backbone" | "variant">): readonly CellResult[] {
    return this.#results.suite.classes.flatMap((name) => this.of(subject, name));
  }

  /** Over the seeds in which the measure is known; undefined if there is none. */
  estimate(subject: Subject, measure: Measure, className: string): Estimate | undefined {
    const values = [...this.#bySeed(subject, measure, className).values()];
    return values.length === 0 ? undefined : over(values, 1);
  }

  /**
   * The average of the classes in which the measure is known at all. Each seed that has all of these is averaged over them, and
   * mean and deviation are those of the averages. Where no seed has them all it is the mean of the classes' means, without a
   * deviation and with 0 seeds.
   */
  average(subject: Subject, measure: Measure): Estimate | undefined {
    const known = this.#known(subject, measure);
    return averageOf(
      ofSeedsInAll(known),
      known.map((values) => mean([...values.values()])),
    );
  }

  /** The average of each seed that has all the classes in which the measure is known at all. */
  averages(subject: Subject, measure: Measure): ReadonlyMap<number, number> {
    return ofSeedsInAll(this.#known(subject, measure));
  }

  /** Values by seed, of each class that has any. */
  #known(subject: Subject, measure: Measure): ReadonlyMap<number, number>[] {
    return this.#results.suite.classes
      .map((name) => this.#bySeed(subject, measure, name))
      .filter(({ size }) => size > 0);
  }

  #bySeed(subject: Subject, measure: Measure, className: string): Map<number, number> {
    return new Map(
      this.of(subject, className).flatMap((cell) => {
        const measures = measuresOf(cell, subject.moment);
        const value = measures === undefined ? undefined : measure.of(measures);
        return value === undefined ? [] : [[cell.seed, value] as const];
      }),
    );
  }
}

function measuresOf(cell: CellResult, moment: Moment): Measures | undefined {
  return moment === "last" ? cell.measures : cell.oracle?.measures;
}

/** The average of each seed that all parts have. */
export function ofSeedsInAll(parts: readonly ReadonlyMap<number, number>[]): ReadonlyMap<number, number> {
  const [first, ...others] = parts;
  const shared = [...(first?.keys() ?? [])].filter((seed) => others.every((values) => values.has(seed)));
  return new Map(shared.map((seed) => [seed, mean(parts.map((values) => values.get(seed)!))]));
}

/**
 * Mean and deviation of the seeds' averages over several parts, or, where no seed has all parts, the mean of the parts' means;
 * undefined if there are no parts.
 */
export function averageOf(
  bySeed: ReadonlyMap<number, number>,
  means: readonly number[],
): Estimate | undefined {
  if (means.length === 0) return undefined;
  if (bySeed.size > 0) return over([...bySeed.values()], means.length);
  return { mean: mean(means), deviation: undefined, seeds: 0, classes: means.length };
}

function key(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

function over(values: readonly number[], classes: number): Estimate {
  const { count, ...rest } = meanAndDeviation(values);
  return { ...rest, seeds: count, classes };
}

function mean(values: readonly number[]): number {
  return meanAndDeviation(values).mean;
}
