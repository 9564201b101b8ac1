import { type Html, html, imageDataUrl, loadPlotter, renderPage } from "../../report/index.ts";
import { VERSION } from "../../version.ts";
import type { Figure } from "../figure/index.ts";
import type { BenchmarkResults } from "../results.ts";
import { TABLE_STYLE } from "./html-style.ts";
import { htmlTable } from "./html-table.ts";
import { runFacts } from "./run-facts.ts";
import { sweepPlot } from "./sweep-plot.ts";
import { tablesOf } from "./tables-of.ts";

/** Every table, a plot of each group of an ablation and the qualitative figure as one self-contained page. */
export async function renderHtml(results: BenchmarkResults, figure?: Figure): Promise<string> {
  const tables = tablesOf(results);
  const plotter = tables.some(({ sweep }) => sweep !== undefined) ? await loadPlotter() : undefined;
  return renderPage({
    title: results.suite.title,
    kind: "Benchmark",
    createdWith: VERSION,
    style: TABLE_STYLE,
    main: html`${tables.map((table) =>
      htmlTable(table, plotter && table.sweep && sweepPlot(plotter, results, table.sweep)),
    )}
${figure && examples(figure)}
<section><h2>What was run</h2><ul class="notes">${runFacts(results).map((fact) => html`<li>${fact}</li>`)}</ul></section>`,
  });
}

function examples({ png, caption }: Figure): Html {
  return html`<section class="examples"><h2>Examples</h2><p>An image of each class, its truth and what each model makes of it.</p>
<div class="panel"><img src="${imageDataUrl(png, "the examples")}" alt="Image, truth and anomaly maps"></div><p>${caption}</p></section>`;
}
