import type { Figure } from "../figure/index.ts";
import type { BenchmarkResults } from "../results.ts";
import { runFacts } from "./run-facts.ts";
import { type Cell, type Column, MISSING, type Row, type Table } from "./table.ts";
import { tablesOf } from "./tables-of.ts";

/** A page of tables in GitHub's Markdown. The figure is shown from the file figure.png beside it. */
export function renderMarkdown(results: BenchmarkResults, figure?: Figure): string {
  const { title } = results.suite;
  return `${[
    `# ${escapeMarkdown(title)}`,
    ...tablesOf(results).map(markdownTable),
    ...(figure === undefined
      ? []
      : ["### Examples", "![Image, truth and anomaly maps](figure.png)", escapeMarkdown(figure.caption)]),
    "### What was run",
    runFacts(results)
      .map((fact) => `- ${escapeMarkdown(fact)}`)
      .join("\n"),
  ].join("\n\n")}\n`;
}

/** A table in GitHub's Markdown, under a heading of the third level. */
export function markdownTable(table: Table): string {
  const { title, lead, corner, columns, rows, notes } = table;
  const lines = [
    line([escapeMarkdown(corner), ...columns.map(heading)]),
    line([":--", ...columns.map(({ kind }) => (kind === "words" ? ":--" : "--:"))]),
    ...rows.map((row) => line([label(row), ...row.cells.map(cell)])),
  ];
  return [
    `### ${escapeMarkdown(title)}`,
    ...(lead === "" ? [] : [escapeMarkdown(lead)]),
    lines.join("\n"),
    ...(notes.length === 0
      ? []
      : [notes.map(({ mark, text }) => `${raised([mark])} ${escapeMarkdown(text)}`).join("  \n")]),
  ].join("\n\n");
}

/** Escapes what Markdown or a table in it would read as more than text. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>&|~#]/g, "\\$&").replace(/\s*\n\s*/g, " ");
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function heading({ label, kind, marks }: Column): string {
  const text = escapeMarkdown(label);
  return (kind === "published" ? `*${text}*` : text) + raised(marks);
}

function label({ label, kind, marks }: Row): string {
  const text = escapeMarkdown(label);
  const shown = kind === "summary" ? `**${text}**` : kind === "published" ? `*${text}*` : text;
  return shown + raised(marks);
}

function cell({ parts, marks }: Cell): string {
  const shown = parts.map(({ text, deviation, best }) => {
    const figure = best ? `**${escapeMarkdown(text)}**` : escapeMarkdown(text);
    return deviation === undefined ? figure : `${figure} ± ${deviation}`;
  });
  return (shown.every((text) => text === MISSING) ? MISSING : shown.join(" / ")) + raised(marks);
}

function raised(marks: readonly string[]): string {
  return marks.length === 0 ? "" : `<sup>${marks.join(",")}</sup>`;
}
