import { html, renderPage } from "../../report/index.ts";
import { VERSION } from "../../version.ts";
import type { BenchmarkResults } from "../results.ts";
import { TABLE_STYLE } from "../tables/html-style.ts";
import { htmlTable } from "../tables/html-table.ts";
import { latexTables } from "../tables/latex.ts";
import { escapeMarkdown, markdownTable } from "../tables/markdown.ts";
import type { RenderedTables } from "../tables/render-tables.ts";
import { howRun, whatIsOdd } from "../tables/run-facts.ts";
import { textTable } from "../tables/text.ts";
import { type SummaryLine, summaryCsv } from "./averages.ts";
import { summaryTables } from "./suites-table.ts";

/** The tables over several suites, in every format; the CSV has a line for each of `lines`. */
export function renderSummary(
  all: readonly BenchmarkResults[],
  lines: readonly SummaryLine[],
): RenderedTables {
  const title = all.map(({ suite }) => suite.title).join(", ");
  const tables = summaryTables(all);
  const facts = summaryFacts(all);
  return {
    markdown: `${[
      `# ${escapeMarkdown(title)}`,
      ...tables.map(markdownTable),
      "### What was run",
      facts.map((fact) => `- ${escapeMarkdown(fact)}`).join("\n"),
    ].join("\n\n")}\n`,
    html: renderPage({
      title,
      kind: "Summary of benchmarks",
      createdWith: VERSION,
      style: TABLE_STYLE,
      main: html`${tables.map((table) => htmlTable(table, undefined))}
<section><h2>What was run</h2><ul class="notes">${facts.map((fact) => html`<li>${fact}</li>`)}</ul></section>`,
    }),
    latex: latexTables(tables),
    csv: summaryCsv(lines),
    text: tables.map(textTable).join("\n\n"),
  };
}

/** What holds for all suites first, the rest with the suites' names. */
function summaryFacts(all: readonly BenchmarkResults[]): string[] {
  const titles = new Map<string, string[]>();
  for (const results of all) {
    for (const fact of [...howRun(results), ...whatIsOdd(results)]) {
      titles.set(fact, [...(titles.get(fact) ?? []), results.suite.title]);
    }
  }
  const facts = [...titles];
  return [
    ...facts.filter(([, suites]) => suites.length === all.length).map(([fact]) => fact),
    `Classes: ${all.map(({ suite }) => `${suite.title} ${suite.classes.length}`).join(", ")}.`,
    ...facts
      .filter(([, suites]) => suites.length < all.length)
      .map(([fact, suites]) => `${suites.join(", ")}: ${fact}`),
  ];
}
