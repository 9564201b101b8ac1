import { csvParse } from "d3-dsv";
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import type { BenchmarkResults, CellResult } from "../results.ts";
import { BACKBONE, cell, results, variant } from "../tables/testing/results.ts";
import { summaryLines } from "./averages.ts";
import { renderSummary } from "./render-summary.ts";

type Rest = Parameters<typeof results>[1];

/** Results on a suite; a cell is class, variant, seed, image AUROC and pixel AUROC. */
function suite(
  id: string,
  title: string,
  cells: readonly (readonly [string, string, number, number, number?])[],
  rest: Rest = {},
): BenchmarkResults {
  const made = cells.map(([className, of, seed, image, pixel]): CellResult => {
    const measures = {
      image: { auroc: image },
      ...(pixel !== undefined && { pixel: { auroc: pixel } }),
    };
    return { ...cell({ class: className, variant: of, seed, measures }), suite: id };
  });
  return results(made, { ...rest, suite: { id, title, ...rest?.suite } });
}

const render = (...all: BenchmarkResults[]) => renderSummary(all, summaryLines(all));

/** What the Markdown says under a heading. */
function section(markdown: string, title: string): string[] {
  const [, rest] = markdown.split(`### ${title}\n`);
  return rest!
    .split("\n###")[0]!
    .split("\n")
    .filter((line) => line !== "");
}

const MVTEC = suite("mvtec", "MVTec AD", [
  ["bottle", "x", 0, 0.9, 0.5],
  ["bottle", "x", 1, 0.8, 0.5],
  ["cable", "x", 0, 1, 0.5],
  ["cable", "x", 1, 1, 0.5],
  ["bottle", "y", 0, 0.9, 0.6],
  ["bottle", "y", 1, 0.9, 0.6],
  ["cable", "y", 0, 0.9, 0.6],
  ["cable", "y", 1, 0.9, 0.6],
]);
const VISA = suite("visa", "VisA", [
  ["capsules", "x", 0, 0.75, 0.75],
  ["capsules", "x", 1, 0.9, 0.75],
  ["capsules", "y", 0, 0.6, 0.75],
  ["capsules", "y", 1, 0.6, 0.75],
]);
const PCB_BANK = suite("pcb-bank", "PCB-Bank", [
  ["pcb1", "x", 0, 0.5, 0.5],
  ["pcb1", "x", 1, 0.5, 0.5],
  ["pcb1", "y", 0, 0.6, 0.9],
  ["pcb1", "y", 1, 0.6, 0.9],
]);

test("suites across, their average by seeds, and the one who publishes on all of them below", () => {
  const { markdown } = render(MVTEC, VISA, PCB_BANK);
  // x by seeds: (0.95 + 0.75 + 0.5) / 3 and (0.9 + 0.9 + 0.5) / 3.
  expect(section(markdown, "Image AUROC (%)").slice(0, 10)).toEqual([
    "Averages over each suite's classes: mean ± sample standard deviation over 2 seeds. The last column averages the suites, seed by seed. Rows in italics are published figures, out of competition; their averages are of the printed figures.",
    "| Method | MVTec AD<sup>a</sup> | VisA<sup>b</sup> | PCB-Bank<sup>c</sup> | Average |",
    "| :-- | --: | --: | --: | --: |",
    "| x | **92.5** ± 3.5 | **82.5** ± 10.6 | 50.0 ± 0.0 | **75.0** ± 2.4 |",
    "| y | 90.0 ± 0.0 | 60.0 ± 0.0 | **60.0** ± 0.0 | 70.0 ± 0.0 |",
    "| *RSAD*<sup>d</sup> | 96.1 | 93.8 | 97.4<sup>e</sup> | 95.8 |",
    "<sup>a</sup> over 2 of the suite's 15 classes  ",
    "<sup>b</sup> over 1 of the suite's 12 classes  ",
    "<sup>c</sup> over 1 of the suite's 7 classes  ",
    "<sup>d</sup> RSAD paper, table 4; models: one per class; checkpoint: not known  ",
  ]);
  expect(section(markdown, "Pixel AUROC (%)").slice(3, 6)).toEqual([
    "| x | 50.0 ± 0.0 | **75.0** ± 0.0 | 50.0 ± 0.0 | 58.3 ± 0.0 |",
    "| y | **60.0** ± 0.0 | **75.0** ± 0.0 | **90.0** ± 0.0 | **75.0** ± 0.0 |",
    "| *RSAD*<sup>d</sup> | 93.6 | 92.5 | 96.4<sup>e</sup> | 94.2 |",
  ]);
  expect(markdown).not.toContain("AUPRO");
});

test("an average needs every suite, says on how many seeds and classes it rests, and competes only where whole", () => {
  const first = suite("custom", "Parts", [
    ["nut", "x", 0, 0.5],
    ["nut", "x", 1, 0.6],
    ["nut", "y", 0, 0.7],
    ["nut", "z", 0, 0.9],
    ["nut", "w", 0, 0.4],
    ["bolt", "x", 0, 0.5],
    ["bolt", "x", 1, 0.6],
    ["bolt", "z", 0, 0.9],
    ["bolt", "w", 0, 0.4],
  ]);
  const second = suite("mpdd", "MPDD", [
    ["tubes", "x", 1, 0.8],
    ["tubes", "y", 0, 0.9],
    ["tubes", "w", 1, 0.4],
  ]);
  const lines = section(render(first, second).markdown, "Image AUROC (%)");
  expect(lines.slice(3)).toEqual([
    "| x | 55.0 ± 7.1 | 80.0<sup>c</sup> | **70.0**<sup>c</sup> |",
    "| y | 70.0<sup>b,c</sup> | **90.0**<sup>c</sup> | 80.0<sup>c,e</sup> |",
    "| z | **90.0**<sup>c</sup> | –<sup>d</sup> | –<sup>f</sup> |",
    "| w | 40.0<sup>c</sup> | 40.0<sup>c</sup> | 40.0<sup>g</sup> |",
    "<sup>a</sup> over 1 of the suite's 6 classes  ",
    "<sup>b</sup> average of 1 of 2 classes, compared with no other  ",
    "<sup>c</sup> 1 of 2 seeds  ",
    "<sup>d</sup> not computed  ",
    "<sup>e</sup> rests on 2 of the suites' 3 classes, compared with no other  ",
    "<sup>f</sup> not every suite has it  ",
    "<sup>g</sup> no seed has all suites: mean of what each suite has",
  ]);
});

test("backbones are told apart, oracles stay out of competition, notes stand where they hold, ablations are apart", () => {
  const other = { ...BACKBONE, id: "wide", name: "wide" };
  const of = (id: string, steps: string) => {
    const measures = { image: { auroc: 0.5 } };
    const oracle = { measures: { image: { auroc: 1 } }, step: 1, candidates: 4 };
    const made = [
      { ...cell({ class: "a", variant: "x", measures, oracle }), suite: id },
      { ...cell({ class: "a", variant: "s", measures }), suite: id },
    ];
    return results(id === "custom" ? made : [...made, cell({ ...made[0]!, backbone: other })], {
      backbones: id === "custom" ? [BACKBONE] : [BACKBONE, other],
      variants: [variant("x", { notes: ["batch = 2", steps] }), variant("s", { sweep: "sigma" })],
      suite: { id, title: id },
    });
  };
  const { markdown } = render(of("custom", "shortened to 5"), of("other", "shortened to 9"));
  const lines = section(markdown, "Image AUROC (%)");
  expect(lines.slice(3, 7)).toEqual([
    "| x, tiny<sup>a</sup> | 50.0<sup>b</sup> | **50.0**<sup>d</sup> | 50.0 |",
    "| x, best snapshot on test (oracle), tiny<sup>a,c</sup> | 100.0<sup>b</sup> | 100.0<sup>d</sup> | 100.0 |",
    "| x, wide<sup>a,d</sup> | –<sup>e</sup> | **50.0** | –<sup>f</sup> |",
    "| x, best snapshot on test (oracle), wide<sup>a,c,d</sup> | –<sup>e</sup> | 100.0 | –<sup>f</sup> |",
  ]);
  expect(section(markdown, "Image AUROC (%), sigma").slice(1)).toContain("| s, tiny | 50.0 | 50.0 | 50.0 |");
});

test("the CSV file has a line a suite, and one for the average, at full precision", () => {
  const [first, second, third, average] = csvParse(render(MVTEC, VISA, PCB_BANK).csv);
  expect([first, second, third].map((line) => line!.suite)).toEqual(["mvtec", "visa", "pcb-bank"]);
  expect(first).toMatchObject({ variant: "x", moment: "last", aupro_30: "", aupro_30_seeds: "" });
  expect(average).toMatchObject({
    suite: "average",
    image_auroc: String(((0.95 + 0.75 + 0.5) / 3 + (0.9 + 0.9 + 0.5) / 3) / 2),
    image_auroc_seeds: "2",
    image_auroc_classes: "4",
  });
});

test("the page and the LaTeX tables say the same; names are text", () => {
  const attack = "<script>&_";
  const named = { ...PCB_BANK, suite: { ...PCB_BANK.suite, title: attack } };
  const { html, latex, markdown } = render(MVTEC, VISA, named);
  const { document } = parseHTML(html);
  expect(document.querySelector("h1")?.textContent).toBe(`MVTec AD, VisA, ${attack}`);
  expect([...document.querySelectorAll("script, link")]).toEqual([]);
  const row = document.querySelector("#image_auroc-suites tbody tr")!;
  expect([...row.children].map((each) => each.textContent)).toEqual([
    "x",
    "92.5 ± 3.5",
    "82.5 ± 10.6",
    "50.0 ± 0.0",
    "75.0 ± 2.4",
  ]);
  expect(latex).toContain("x & \\textbf{92.5} $\\pm$ 3.5 & \\textbf{82.5} $\\pm$ 10.6 & 50.0 $\\pm$ 0.0");
  expect(latex).toContain("\\textless{}script\\textgreater{}\\&\\_");
  const facts = section(markdown, "What was run");
  expect(facts).toContain("- Seeds 0, 1.");
  expect(facts).toContain("- Classes: MVTec AD 2, VisA 1, \\<script\\>\\&\\_ 1.");
});

test("what was run names the suites for which a fact does not hold for all", () => {
  const more = suite("mpdd", "MPDD", [["tubes", "x", 0, 0.5]], { suite: { findings: ["no connector"] } });
  const facts = section(render(MVTEC, VISA, more).markdown, "What was run");
  expect(facts.slice(-4)).toEqual([
    "- Classes: MVTec AD 2, VisA 1, MPDD 1.",
    "- MVTec AD, VisA: Seeds 0, 1.",
    "- MPDD: Seed 0.",
    "- MPDD: Data: no connector",
  ]);
});
