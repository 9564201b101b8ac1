import type { Figure } from "../figure/index.ts";
import type { BenchmarkResults } from "../results.ts";
import { renderCsv } from "./csv.ts";
import { renderLatex } from "./latex.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderHtml } from "./render-html.ts";
import { renderText } from "./text.ts";

export interface RenderedTables {
  /** Shows the figure from the file figure.png beside it. */
  readonly markdown: string;
  /** One self-contained page. */
  readonly html: string;
  /** To be put into a document with \input. */
  readonly latex: string;
  /** One line per cell; the same for the same cells, whenever they were computed. */
  readonly csv: string;
  /** The most important tables in plain text, for a terminal. */
  readonly text: string;
}

/** What a benchmark's results say, in every format. The same results give the same texts. */
export async function renderTables(
  results: BenchmarkResults,
  options: { readonly figure?: Figure | undefined } = {},
): Promise<RenderedTables> {
  return {
    markdown: renderMarkdown(results, options.figure),
    html: await renderHtml(results, options.figure),
    latex: renderLatex(results),
    csv: renderCsv(results),
    text: renderText(results),
  };
}
