import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { recipe } from "../../recipes/index.ts";
import { renderHtml } from "./render-html.ts";
import { cell, results, variant } from "./testing/results.ts";

const ATTACK = `"><script>alert('1')</script>&`;
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);

const measures = (auroc: number) => ({ image: { auroc }, pixel: { auroc } });

const made = results(
  [
    cell({
      class: ATTACK,
      variant: "x",
      measures: measures(0.9),
      oracle: { measures: measures(1), step: 9, candidates: 2 },
    }),
    cell({ class: ATTACK, variant: "y", measures: measures(0.8) }),
  ],
  { variants: [variant("x", { label: ATTACK, notes: [ATTACK] }), variant("y")], suite: { title: ATTACK } },
);

const open = async (...input: Parameters<typeof renderHtml>) =>
  parseHTML(await renderHtml(...input)).document;

test("names are text, whatever they hold, and nothing runs or is loaded", async () => {
  const document = await open(made, { png: PNG, caption: ATTACK });
  expect(document.querySelector("h1")?.textContent).toBe(ATTACK);
  expect([...document.querySelectorAll("script, link, iframe")]).toEqual([]);
  expect(document.documentElement.outerHTML).not.toMatch(/(src|href)="(?!data:)/);
  expect(document.querySelector("img")?.getAttribute("src")).toMatch(/^data:image\/png;base64,/);
  expect(document.querySelector(".examples p:last-child")?.textContent).toBe(ATTACK);
});

test("tables mark the best, the oracle's columns and what a mark stands for", async () => {
  const document = await open(made);
  const table = document.querySelector("#image_auroc-tiny")!;
  const cells = [...table.querySelectorAll("tbody tr:first-child td")];
  expect(
    cells.map((each) => [each.className, each.textContent, each.querySelector("strong") !== null]),
  ).toEqual([
    ["measured", "90.0", true],
    ["oracle", "100.0", false],
    ["measured", "80.0", false],
  ]);
  expect(table.querySelector("tr.summary th")?.textContent).toBe("Average");
  expect(table.querySelector(".marks li")?.textContent).toBe(`a ${ATTACK}`);
  expect(document.querySelector(".examples")).toBeNull();
  expect(document.querySelector("svg")).toBeNull();
});

test("an ablation is drawn: a dot for each variant and measure, in the order of the variants", async () => {
  const sweep = results(
    ["b", "a"].map((id) => cell({ class: "nut", variant: id, measures: measures(0.5) })),
    { variants: [variant("b", { sweep: "sigma" }), variant("a", { sweep: "sigma" })] },
  );
  const document = await open(sweep);
  const svg = document.querySelector("#sigma-tiny figure svg")!;
  expect(svg.querySelectorAll("circle").length).toBe(4);
  const labels = [...svg.querySelectorAll('[aria-label="y-axis tick label"] text')];
  expect(labels.map((each) => each.textContent)).toEqual(["b", "a"]);
});

test("a learning curve is drawn as a line for each recipe and measure", async () => {
  const of = (name: "default" | "patchcore", trained: number) => ({
    variant: variant(`${name}-${trained}`, { sweep: "images", trainImages: trained, recipe: recipe(name) }),
    cell: cell({ class: "nut", variant: `${name}-${trained}`, measures: measures(trained / 50), trained }),
  });
  const all = [of("default", 5), of("default", 50), of("patchcore", 5), of("patchcore", 50)];
  const document = await open(
    results(
      all.map((each) => each.cell),
      { variants: all.map((each) => each.variant) },
    ),
  );
  const lines = document.querySelectorAll('#images-tiny figure [aria-label="line"] path');
  expect(lines.length).toBe(4);
  expect(document.querySelector("#images-tiny figcaption")?.textContent).toMatch(/default.*patchcore/s);
});
