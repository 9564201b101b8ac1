import { expect, test } from "vitest";
import { escapeLatex, renderLatex } from "./latex.ts";
import { cell, results, variant } from "./testing/results.ts";

test("a booktabs table: deviations, the best in bold, names escaped, marks explained below", () => {
  const of = (id: string, auroc: number) => [
    cell({ class: "a_b", variant: id, seed: 1, measures: { image: { auroc } } }),
    cell({ class: "a_b", variant: id, seed: 2, measures: { image: { auroc } } }),
  ];
  const text = renderLatex(
    results([...of("x", 0.5), ...of("y", 0.25)], {
      variants: [
        variant("x"),
        variant("y", { label: "A & B, best snapshot on test (oracle)", notes: ["100 %"] }),
      ],
    }),
  );
  const [, table] = text.split("\\label{tab:image-auroc-tiny}\n");
  expect(table!.split("\\end{table*}")[0]).toBe(`\\sbox0{%
\\begin{tabular}{@{}lrr@{}}
\\toprule
Class & x & \\shortstack[r]{A \\& B, best\\\\snapshot on test\\\\(oracle)\\textsuperscript{a}} \\\\
\\midrule
a\\_b & \\textbf{50.0} $\\pm$ 0.0 & 25.0 $\\pm$ 0.0 \\\\
\\midrule
Average & \\textbf{50.0} $\\pm$ 0.0 & 25.0 $\\pm$ 0.0 \\\\
\\bottomrule
\\end{tabular}}%
\\ifdim\\wd0>\\textwidth\\resizebox{\\textwidth}{!}{\\usebox0}\\else\\usebox0\\fi
\\par\\medskip
\\begin{minipage}{\\textwidth}\\footnotesize\\raggedright
\\textsuperscript{a}~100 \\%\\par
\\end{minipage}
`);
});

test("every character that LaTeX reads as more than text is escaped, once", () => {
  expect(escapeLatex(`\\{}&%$#_~^<>|"±–`)).toBe(
    "\\textbackslash{}\\{\\}\\&\\%\\$\\#\\_\\textasciitilde{}\\textasciicircum{}\\textless{}\\textgreater{}\\textbar{}\\textquotedbl{}$\\pm$--",
  );
});

test("published columns have a table of their own below", () => {
  const text = renderLatex(
    results([cell({ class: "tubes", variant: "x", measures: { image: { auroc: 1 } } })], {
      suite: { id: "mpdd" },
    }),
  );
  const [, table] = text.split("\\label{tab:image-auroc-tiny}\n");
  expect(table).toContain("Class & x \\\\\n\\midrule\ntubes & 100.0 \\\\");
  expect(table).toMatch(/\\par\\medskip\n\\sbox0\{%\n\\begin\{tabular\}\{@\{\}lr{11}@\{\}\}/);
});
