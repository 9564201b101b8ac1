import type { BenchmarkResults } from "../results.ts";
import { classTable } from "./class-table.ts";
import { IMAGE_AUROC, PIXEL_AUROC } from "./measures.ts";
import { methodsOf } from "./subjects.ts";
import { summaryTable } from "./summary-table.ts";
import { sweepsOf, sweepTable } from "./sweep-table.ts";
import { type Cell, MISSING, type Table } from "./table.ts";
import { hasFigures } from "./tables-of.ts";

/** What a terminal is told of a benchmark: the averages, AUROC class by class, and every group of an ablation. */
export function renderText(results: BenchmarkResults): string {
  const { backbones } = results;
  const methods = methodsOf(results).length > 0;
  const classTables = backbones.flatMap((backbone) =>
    [IMAGE_AUROC, PIXEL_AUROC].map((measure) => classTable(results, backbone, [measure])),
  );
  const sweeps = sweepsOf(results).flatMap((sweep) =>
    backbones.map((backbone) => sweepTable(results, sweep, backbone)),
  );
  return [...(methods ? [summaryTable(results), ...classTables.filter(hasFigures)] : []), ...sweeps]
    .map(textTable)
    .join("\n\n");
}

/** A table in aligned columns, the best figures with a star. */
export function textTable({ title, corner, columns, rows, notes }: Table): string {
  const lines = [
    [corner, ...columns.map(({ label, marks }) => marked(label, marks))],
    ...rows.map(({ label, marks, cells }) => [marked(label, marks), ...cells.map(cellText)]),
  ];
  const isWords = [true, ...columns.map(({ kind }) => kind === "words")];
  const widths = isWords.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  const align = (text: string, i: number) =>
    isWords[i] ? text.padEnd(widths[i]!) : text.padStart(widths[i]!);
  return [
    title,
    ...lines.map((line) => line.map(align).join("  ").trimEnd()),
    ...notes.map(({ mark, text }) => `[${mark}] ${text}`),
  ].join("\n");
}

function cellText({ parts, marks }: Cell): string {
  if (parts.every(({ text }) => text === MISSING)) return marked(MISSING, marks);
  const figures = parts.map(({ text, deviation, best }) => {
    const figure = best ? `*${text}` : text;
    return deviation === undefined ? figure : `${figure} ± ${deviation}`;
  });
  return marked(figures.join(" / "), marks);
}

function marked(text: string, marks: readonly string[]): string {
  return marks.length === 0 ? text : `${text} [${marks.join(",")}]`;
}
