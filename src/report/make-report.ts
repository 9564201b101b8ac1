import { basename, resolve } from "node:path";
import { evaluateModel, type SmallestDefect, smallestDefect } from "../assessment/index.ts";
import type { Dataset } from "../datasets/index.ts";
import type { Timing } from "../detectors/index.ts";
import type { Evaluation } from "../evaluation/index.ts";
import { checkFields, type Fields } from "../fields.ts";
import { rounded } from "../format.ts";
import type { Model } from "../model/index.ts";
import type { OnProgress } from "../progress.ts";
import type { LossPoint } from "../training/index.ts";
import { VERSION } from "../version.ts";
import { GalleryCollector } from "./gallery-collector.ts";
import { renderReport } from "./report.ts";
import { settingsOf } from "./settings.ts";

export interface ReportOptions {
  /** The data set's folder name if left out. */
  readonly title?: string | undefined;
  /** Judge by this image threshold instead of the model's. */
  readonly threshold?: number | undefined;
  /** What training reported, where it is known. */
  readonly losses?: readonly LossPoint[] | undefined;
  readonly timings?: readonly Timing[] | undefined;
  /** Also measure how large a planted defect has to be until it is found, which runs the model some 800 times more. */
  readonly smallestDefect?: boolean | undefined;
  /** Millimetres per image pixel, for sizes in the report. */
  readonly mmPerPixel?: number | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

const OPTIONS: Fields<ReportOptions> = {
  title: "text?",
  threshold: "number?",
  losses: "list?",
  timings: "list?",
  smallestDefect: "flag?",
  mmPerPixel: "number?",
  onProgress: "function?",
  signal: "signal?",
};

export interface Report {
  readonly evaluation: Evaluation;
  readonly smallestDefect?: SmallestDefect | undefined;
  /** One self-contained HTML page. */
  readonly html: string;
}

/**
 * Evaluates a model on a data set's test images and writes up what came out: figures, score histogram, ROC curve, a
 * table of defect types, pictures of the worst mistakes and of each type, settings, losses and times. Throws as
 * {@link evaluateModel}.
 *
 * @example
 * const { evaluation, html } = await makeReport(model, await openDataset("bottle"));
 * await writeFile("report.html", html);
 */
export async function makeReport(
  model: Pick<Model, "metadata" | "score">,
  dataset: Dataset,
  options: ReportOptions = {},
): Promise<Report> {
  checkFields("makeReport", { model, dataset }, { model: "model", dataset: "dataset" });
  checkFields("makeReport", options, OPTIONS);
  const { title = basename(resolve(dataset.root)), losses, timings = [] } = options;
  const { mmPerPixel, onProgress, signal } = options;
  const { metadata } = model;
  const threshold = options.threshold ?? metadata.threshold?.image;
  const types = new Set(dataset.test.map(({ type }) => type));
  const pictures = new GalleryCollector(types.size, { ...metadata.threshold, image: threshold });
  const start = performance.now();
  const evaluation = await evaluateModel(model, dataset, {
    threshold: options.threshold,
    onProgress,
    signal,
    onSample: (sample) => pictures.add(sample),
  });
  const timingsOfReport = [...timings, { label: "Evaluation", seconds: (performance.now() - start) / 1000 }];
  const smallest = options.smallestDefect
    ? await smallestDefect(model, dataset.test, {
        input: metadata.recipe.preprocessing.size,
        tile: metadata.tiles?.size,
        threshold: options.threshold,
        onProgress,
        signal,
      })
    : undefined;
  const html = await renderReport({
    title,
    createdWith: VERSION,
    evaluation,
    model: settingsOf(metadata),
    losses,
    timings: timingsOfReport,
    smallestDefect: smallest,
    mmPerPixel,
    gallery: pictures.samples(),
    notes: options.threshold === undefined ? [] : [givenThreshold(options.threshold)],
  });
  return { evaluation, smallestDefect: smallest, html };
}

/** Such a threshold may have been chosen with these very images in view. */
function givenThreshold(threshold: number): string {
  return `Verdicts go by the image threshold ${rounded(threshold)}, which was given for this evaluation; it is not the model's own.`;
}
