import type { BenchmarkResults } from "../results.ts";
import { classTable } from "./class-table.ts";
import { COMPACT, IMAGE_AUROC, PIXEL_AUROC } from "./measures.ts";
import { publishedTable } from "./published-table.ts";
import { methodsOf } from "./subjects.ts";
import { summaryTable } from "./summary-table.ts";
import { sweepsOf, sweepTable } from "./sweep-table.ts";
import { MISSING, type Table } from "./table.ts";
import { timesTable } from "./times-table.ts";

/** Every table of a benchmark, in the order of all formats. */
export function tablesOf(results: BenchmarkResults): Table[] {
  const { backbones } = results;
  const methods = methodsOf(results).length > 0;
  return [
    ...(methods ? [summaryTable(results), publishedTable(results) ?? []].flat() : []),
    ...(methods
      ? backbones.flatMap((backbone) =>
          [[IMAGE_AUROC], [PIXEL_AUROC], ...COMPACT]
            .map((measures) => classTable(results, backbone, measures))
            .filter(hasFigures),
        )
      : []),
    ...sweepsOf(results).flatMap((sweep) =>
      backbones.map((backbone) => sweepTable(results, sweep, backbone)),
    ),
    timesTable(results),
  ];
}

/** A table of nothing but gaps, such as that of pixels where no class has masks, tells nothing. */
export function hasFigures({ columns, rows }: Table): boolean {
  return rows.some(
    ({ kind, cells }) =>
      kind !== "published" &&
      cells.some(
        ({ parts }, i) => columns[i]!.kind !== "published" && parts.some(({ text }) => text !== MISSING),
      ),
  );
}
