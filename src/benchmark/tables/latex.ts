import type { BenchmarkResults } from "../results.ts";
import { type Cell, type Column, MISSING, type Note, type Row, type Table } from "./table.ts";
import { tablesOf } from "./tables-of.ts";

const PREAMBLE =
  "% Needs \\usepackage{booktabs,graphicx} and UTF-8. Wider tables than the page are scaled down to it.";

export function renderLatex(results: BenchmarkResults): string {
  return latexTables(tablesOf(results));
}

/** Tables as floats to \input into a document. */
export function latexTables(tables: readonly Table[]): string {
  return `${[PREAMBLE, ...tables.map(latexTable)].join("\n\n")}\n`;
}

/** Booktabs tables in one float, published columns in one of their own; what their marks stand for is set below. */
function latexTable(table: Table): string {
  const { id, title, lead, columns, notes } = table;
  const own = columns.filter(({ kind }) => kind !== "published").length;
  return [
    "\\begin{table*}",
    "\\centering",
    `\\caption{${escapeLatex(`${title}. ${lead}`)}}`,
    `\\label{tab:${id.replace(/[^a-zA-Z0-9]+/g, "-")}}`,
    ...fitted(tabular(table, 0, own)),
    ...(own < columns.length ? ["\\par\\medskip", ...fitted(tabular(table, own, columns.length))] : []),
    ...(notes.length === 0 ? [] : footnotes(notes)),
    "\\end{table*}",
  ].join("\n");
}

/** Scaled down where it is wider than the text. */
function fitted(lines: readonly string[]): string[] {
  return [
    "\\sbox0{%",
    `${lines.join("\n")}}%`,
    "\\ifdim\\wd0>\\textwidth\\resizebox{\\textwidth}{!}{\\usebox0}\\else\\usebox0\\fi",
  ];
}

function tabular({ corner, columns, rows }: Table, from: number, to: number): string[] {
  const shown = columns.slice(from, to);
  return [
    `\\begin{tabular}{@{}l${shown.map(({ kind }) => (kind === "words" ? "l" : "r")).join("")}@{}}`,
    "\\toprule",
    line([escapeLatex(corner), ...shown.map(heading)]),
    "\\midrule",
    ...rows.flatMap((row, i) => [
      ...(i > 0 && row.kind !== rows[i - 1]!.kind ? ["\\midrule"] : []),
      line([label(row), ...row.cells.slice(from, to).map(cell)]),
    ]),
    "\\bottomrule",
    "\\end{tabular}",
  ];
}

function footnotes(notes: readonly Note[]): string[] {
  return [
    "\\par\\medskip",
    "\\begin{minipage}{\\textwidth}\\footnotesize\\raggedright",
    ...notes.map(({ mark, text }) => `${raised([mark])}~${escapeLatex(text)}\\par`),
    "\\end{minipage}",
  ];
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

const HEADING_LENGTH = 16;

/** In lines of a few words each. */
function heading({ label, kind, marks }: Column): string {
  const lines: string[] = [];
  for (const word of label.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= HEADING_LENGTH) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const styled = lines.map(escapeLatex).map((text) => (kind === "published" ? `\\textit{${text}}` : text));
  const text = styled.join("\\\\") + raised(marks);
  return lines.length > 1 ? `\\shortstack[${kind === "words" ? "l" : "r"}]{${text}}` : text;
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
