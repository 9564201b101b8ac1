import type { BenchmarkResults } from "../results.ts";
import { type Cell, type Column, MISSING, type Row, type Table } from "./table.ts";
import { tablesOf } from "./tables-of.ts";

const PREAMBLE =
  "% Needs \\usepackage{booktabs,graphicx} and UTF-8. Wider tables than the page are scaled down to it.";

/** Every table as a float to \input into a document. */
export function renderLatex(results: BenchmarkResults): string {
  return `${[PREAMBLE, ...tablesOf(results).map(latexTable)].join("\n\n")}\n`;
}

/** A booktabs table of its natural width, or of the text's where that is less; what its marks stand for is set below. */
function latexTable({ id, title, lead, corner, columns, rows, notes }: Table): string {
  const spec = `l${columns.map(({ kind }) => (kind === "words" ? "l" : "r")).join("")}`;
  const body = rows.flatMap((row, i) => [
    ...(i > 0 && row.kind !== rows[i - 1]!.kind ? ["\\midrule"] : []),
    line([label(row), ...row.cells.map(cell)]),
  ]);
  return [
    "\\begin{table*}",
    "\\centering",
    `\\caption{${escapeLatex(`${title}. ${lead}`)}}`,
    `\\label{tab:${id.replace(/[^a-zA-Z0-9]+/g, "-")}}`,
    "\\sbox0{%",
    `\\begin{tabular}{@{}${spec}@{}}`,
    "\\toprule",
    line([escapeLatex(corner), ...columns.map(heading)]),
    "\\midrule",
    ...body,
    "\\bottomrule",
    "\\end{tabular}}%",
    "\\ifdim\\wd0>\\textwidth\\resizebox{\\textwidth}{!}{\\usebox0}\\else\\usebox0\\fi",
    ...notes.map(
      ({ mark, text }) => `\\par\\smallskip{\\footnotesize ${raised([mark])}~${escapeLatex(text)}}`,
    ),
    "\\end{table*}",
  ].join("\n");
}

const SPECIAL: Readonly<Record<string, string>> = {
  ...Object.fromEntries([..."&%$#_{}"].map((character) => [character, `\\${character}`])),
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  '"': "\\textquotedbl{}",
  "±": "$\\pm$",
  "–": "--",
  "…": "\\dots{}",
  σ: "$\\sigma$",
};

/** Escapes what LaTeX would read as more than text. */
export function escapeLatex(text: string): string {
  return text.replace(/[\\&%$#_{}~^<>|"±–…σ]/g, (character) => SPECIAL[character]!);
}

function line(cells: readonly string[]): string {
  return `${cells.join(" & ")} \\\\`;
}

function heading({ label, kind, marks }: Column): string {
  const text = escapeLatex(label);
  return (kind === "published" ? `\\textit{${text}}` : text) + raised(marks);
}

function label({ label, kind, marks }: Row): string {
  const text = escapeLatex(label);
  return (kind === "published" ? `\\textit{${text}}` : text) + raised(marks);
}

function cell({ parts, marks }: Cell): string {
  const shown = parts.map(({ text, deviation, best }) => {
    const figure = best ? `\\textbf{${escapeLatex(text)}}` : escapeLatex(text);
    return deviation === undefined ? figure : `${figure} $\\pm$ ${deviation}`;
  });
  const missing = parts.every(({ text }) => text === MISSING);
  return (missing ? escapeLatex(MISSING) : shown.join(" / ")) + raised(marks);
}

function raised(marks: readonly string[]): string {
  return marks.length === 0 ? "" : `\\textsuperscript{${marks.join(",")}}`;
}
