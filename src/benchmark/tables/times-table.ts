import type { BenchmarkResults, CellResult, Variant } from "../results.ts";
import { Cells } from "./estimate.ts";
import { type Column, MISSING, type Row, type Table, words } from "./table.ts";

const COLUMNS: readonly {
  label: string;
  of: (cell: CellResult) => number;
  show: (mean: number) => string;
}[] = [
  { label: "Features (s)", of: ({ seconds }) => seconds.features, show: seconds },
  { label: "Training (s)", of: (cell) => cell.seconds.training, show: seconds },
  { label: "Evaluation (s)", of: (cell) => cell.seconds.evaluation, show: seconds },
  { label: "One image (ms)", of: (cell) => 1000 * cell.seconds.inspection, show: (ms) => ms.toFixed(1) },
  { label: "Model (MB)", of: ({ modelBytes }) => modelBytes / 1e6, show: (mb) => mb.toFixed(1) },
  { label: "Memory (MB)", of: ({ peakBytes }) => peakBytes / 1e6, show: (mb) => mb.toFixed(0) },
];

/** What each variant costs: means over its cells. */
export function timesTable(results: BenchmarkResults): Table {
  const cells = new Cells(results);
  const { backbones, variants } = results;
  const several = new Set(variants.map(({ sweep }) => sweep)).size > 1;
  const nameOf = ({ label, sweep }: Variant) =>
    several && sweep !== undefined ? `${sweep}: ${label}` : label;
  const rows = backbones.flatMap((backbone) =>
    variants.map((variant): Row => {
      const own = cells.ofAll({ backbone: backbone.id, variant: variant.id });
      return {
        label: backbones.length > 1 ? `${nameOf(variant)}, ${backbone.name}` : nameOf(variant),
        kind: "measured",
        marks: [],
        cells: COLUMNS.map(({ of, show }) =>
          words(own.length === 0 ? MISSING : show(own.reduce((sum, cell) => sum + of(cell), 0) / own.length)),
        ),
      };
    }),
  );
  return {
    id: "times",
    title: "Time and memory",
    lead: "Means over classes and seeds; one image is the median of a class's test images, evaluation holds both inspecting and measuring. Cells that ran at the same time shared the machine. Unlike all above, these differ from run to run.",
    corner: "Method",
    columns: COLUMNS.map(({ label }): Column => ({ label, kind: "measured", marks: [] })),
    rows,
    notes: [],
  };
}

function seconds(value: number): string {
  return value.toFixed(1);
}
