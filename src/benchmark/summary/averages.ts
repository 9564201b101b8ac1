import { csvFormatRows } from "d3-dsv";
import type { BenchmarkResults } from "../results.ts";
import { Cells, type Estimate } from "../tables/estimate.ts";
import { Notes } from "../tables/table.ts";
import { averageOverSuites } from "./average.ts";
import { summarySubjects } from "./subjects.ts";
import { SHOWN, uniteAll } from "./suites-table.ts";

/** How one configuration does on a suite, or on average over the suites: shares at full precision. */
export interface SummaryLine {
  /** Id of the suite, or "average". */
  readonly suite: string;
  readonly backbone: string;
  readonly variant: string;
  readonly label: string;
  /** The group of an ablation that it belongs to. */
  readonly sweep: string | undefined;
  /** Of the model as training left it, or of the best moment by the test set. */
  readonly moment: "last" | "oracle";
  /** Averages over classes by measure: image_auroc, pixel_auroc, aupro_30; what is not known is left out. */
  readonly measures: Readonly<Record<string, Estimate>>;
}

/** The figures of all tables; lines of which nothing is known are left out. */
export function summaryLines(all: readonly BenchmarkResults[]): SummaryLine[] {
  const suites = all.map((results) => ({ results, cells: new Cells(results) }));
  const { backbones, variants } = uniteAll(suites);
  return summarySubjects(suites, backbones, variants, new Notes()).flatMap((subject) => {
    const { backbone, variant, label, sweep, moment } = subject;
    const line = (suite: string, estimates: readonly (Estimate | undefined)[]): SummaryLine => ({
      ...{ suite, backbone, variant, label, sweep, moment },
      measures: Object.fromEntries(
        SHOWN.flatMap(({ name }, i) => (estimates[i] === undefined ? [] : [[name, estimates[i]]])),
      ),
    });
    return [
      ...suites.map(({ results, cells }) =>
        line(
          results.suite.id,
          SHOWN.map((measure) => cells.average(subject, measure)),
        ),
      ),
      line(
        "average",
        SHOWN.map((measure) => averageOverSuites(suites, subject, measure)),
      ),
    ].filter(({ measures }) => Object.keys(measures).length > 0);
  });
}

/** The same as CSV: for each measure its mean, deviation, and the numbers of seeds and classes that it rests on. */
export function summaryCsv(lines: readonly SummaryLine[]): string {
  const header = [
    ...["suite", "backbone", "variant", "label", "sweep", "moment"],
    ...SHOWN.flatMap(({ name }) => [name, `${name}_deviation`, `${name}_seeds`, `${name}_classes`]),
  ];
  const rows = lines.map(({ suite, backbone, variant, label, sweep, moment, measures }) => [
    ...[suite, backbone, variant, label, sweep, moment],
    ...SHOWN.flatMap(({ name }) => {
      const { mean, deviation, seeds, classes } = measures[name] ?? {};
      return [mean, deviation, seeds, classes];
    }),
  ]);
  return `${csvFormatRows([header, ...rows].map((row) => row.map((value) => String(value ?? ""))))}\n`;
}
