import type { Evaluation } from "../evaluation/index.ts";
import type { LossPoint } from "../training/index.ts";
import { gallery } from "./gallery.ts";
import { headline, remarks } from "./headline.ts";
import { type Html, html } from "./html.ts";
import type { ReportInput } from "./input.ts";
import { LOSS_SERIES, lossFigure } from "./loss-figure.ts";
import { renderPage } from "./page.ts";
import { loadPlotter, type Plotter } from "./plot.ts";
import { rocFigure } from "./roc-figure.ts";
import { scoreHistogram } from "./score-histogram.ts";
import { smallestDefectPanel } from "./smallest-defect.ts";
import { localizationTable, settingsTable, timingsTable, typeTable } from "./tables.ts";

/**
 * An evaluation as one self-contained HTML file: no scripts, no requests, pictures as data URLs. The same input gives
 * the same text. Throws RSAD_IMAGE_INVALID for a gallery picture that is neither PNG nor JPEG.
 */
export async function renderReport(input: ReportInput): Promise<string> {
  const plotter = await loadPlotter();
  const { title, createdWith, evaluation, model, losses = [], timings, gallery: samples } = input;
  const times = timingsTable(timings, evaluation);
  return renderPage({
    title,
    kind: "Inspection report",
    lead: headline(evaluation),
    createdWith,
    main: html`${scores(plotter, evaluation)}
${
  evaluation.types.length > 0
    ? section(
        "Defect types",
        "Each type against all good images.",
        html`<div class="panel" tabindex="0" role="region" aria-label="Defect types">${typeTable(evaluation)}</div>`,
      )
    : undefined
}
${
  evaluation.pixel &&
  section(
    "Localization",
    "How well the maps point at the defects, at the full resolution of the masks.",
    html`<div class="panel">${localizationTable(evaluation.pixel)}</div>`,
  )
}
${
  input.smallestDefect &&
  section(
    "Smallest defect",
    "How large a spot planted into good test images has to be until it is found. Planted spots are not your defects.",
    smallestDefectPanel(input.smallestDefect, input.mmPerPixel),
  )
}
${
  samples.length > 0
    ? section("Samples", "Mistakes first: missed defects, then false rejects.", gallery(samples))
    : undefined
}
${training(plotter, losses)}
${
  model.length > 0 || times !== undefined
    ? html`<section class="panels even">${model.length > 0 ? panel("Settings", settingsTable(model)) : undefined}${times && panel("Time", times)}</section>`
    : undefined
}
${section("Notes", undefined, html`<ul class="notes">${[...input.notes, ...remarks(evaluation)].map((note) => html`<li>${note}</li>`)}</ul>`)}`,
  });
}

function section(heading: string, lead: string | undefined, content: Html): Html {
  return html`<section><h2>${heading}</h2>${lead === undefined ? undefined : html`<p>${lead}</p>`}${content}</section>`;
}

function panel(heading: string, content: Html): Html {
  return html`<div class="panel"><h2>${heading}</h2>${content}</div>`;
}

function scores(plotter: Plotter, evaluation: Evaluation): Html | undefined {
  const histogram = scoreHistogram(plotter, evaluation);
  const roc = rocFigure(plotter, evaluation);
  if (histogram === undefined) return undefined;
  return html`<section class="panels"><figure class="panel"><figcaption>Image scores</figcaption>${histogram}</figure>${
    roc && html`<figure class="panel"><figcaption>ROC curve over images</figcaption>${roc}</figure>`
  }</section>`;
}

function training(plotter: Plotter, losses: readonly LossPoint[]): Html | undefined {
  const figure = lossFigure(plotter, losses);
  if (figure === undefined) return undefined;
  const legend = LOSS_SERIES.map(
    ({ key, colour }) =>
      html`<span><i style="background:${colour}"></i>${key === "loss" ? "total" : key}</span>`,
  );
  return html`<section><figure class="panel"><figcaption>Training losses ${legend}</figcaption>${figure}</figure></section>`;
}
