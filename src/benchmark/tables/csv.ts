import { csvFormatRows } from "d3-dsv";
import type { BenchmarkResults, CellResult, Measures } from "../results.ts";
import { MEASURES } from "./measures.ts";

/**
 * One line per cell with every measure as a share at full precision: what reruns reproduce, hence no times. A measure that is
 * not known is empty.
 */
export function renderCsv({ cells, variants }: BenchmarkResults): string {
  const variantOf = new Map(variants.map((variant) => [variant.id, variant]));
  const stages = names(cells.map(({ parameters }) => parameters));
  const facts = names(cells.map((cell) => cell.facts));
  const header = [
    ...["suite", "class", "backbone", "backbone_sha256", "variant", "label", "sweep", "method", "seed"],
    ...["train_images", "trained_images", "test_good", "test_defect"],
    ...MEASURE_NAMES,
    ...MEASURE_NAMES.map((name) => `oracle_${name}`),
    ...["oracle_step", "oracle_candidates"],
    ...[
      "steps",
      "backbone_parameters",
      ...stages.map((name) => `parameters_${name}`),
      ...facts,
      "model_bytes",
      "notes",
    ],
  ];
  const line = (cell: CellResult) => {
    const { backbone, counts, oracle } = cell;
    const variant = variantOf.get(cell.variant);
    return [
      ...[cell.suite, cell.class, backbone.name, backbone.sha256],
      ...[cell.variant, variant?.label, variant?.sweep, cell.recipe.method, cell.seed],
      ...[counts.train, counts.trained, counts.testGood, counts.testDefect],
      ...figures(cell.measures),
      ...figures(oracle?.measures),
      ...[oracle?.step, oracle?.candidates],
      ...[
        cell.steps,
        backbone.parameters,
        ...stages.map((name) => cell.parameters[name]),
        ...facts.map((name) => cell.facts[name]),
        cell.modelBytes,
      ],
      variant?.notes.join("; "),
    ];
  };
  const rows = [header, ...cells.map(line)];
  return `${csvFormatRows(rows.map((row) => row.map((value) => String(value ?? ""))))}\n`;
}

function names(records: readonly Readonly<Record<string, number>>[]): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))].sort();
}

const MEASURE_NAMES = [
  ...MEASURES.map(({ name }) => name),
  "not_inspected_share",
  "not_inspected_defect_share",
];

function figures(measures: Measures | undefined): (number | undefined)[] {
  if (measures === undefined) return MEASURE_NAMES.map(() => undefined);
  const { notInspectedShare, notInspectedDefectShare } = measures;
  return [...MEASURES.map(({ of }) => of(measures)), notInspectedShare, notInspectedDefectShare];
}
