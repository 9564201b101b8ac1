import { join } from "node:path";
import { openModel, type SmallestDefect } from "../assessment/index.ts";
import { openDataset } from "../datasets/index.ts";
import { countKnown, type KnownCounts } from "../detectors/index.ts";
import type { Evaluation, PixelEvaluation, ThresholdEvaluation } from "../evaluation/index.ts";
import { ensureWritableFolder, removeEmptyFolders, writeFileAtomic } from "../files.ts";
import { count, percent, percentage, rounded } from "../format.ts";
import type { Device, NodeRuntimeOptions } from "../graph/index.ts";
import { localizationMeasures, makeReport, readTrainingRecord } from "../report/index.ts";
import type { Context } from "./context.ts";
import { table } from "./table.ts";

export interface EvaluateFolderOptions {
  readonly title?: string;
  readonly threshold?: number | undefined;
  readonly smallestDefect?: boolean | undefined;
  readonly mmPerPixel?: number | undefined;
  readonly runtime: NodeRuntimeOptions;
}

export interface EvaluatedFolder {
  readonly evaluation: Evaluation;
  readonly smallestDefect?: SmallestDefect | undefined;
  readonly device: Device;
  readonly reportPath: string;
  readonly jsonPath: string;
}

/** Evaluates a model on a data set and writes `report.html` and `evaluation.json` to `out`. */
export async function evaluateFolder(
  modelPath: string,
  folder: string,
  out: string,
  options: EvaluateFolderOptions,
  context: Context,
): Promise<EvaluatedFolder> {
  const { runtime, ...rest } = options;
  const { onProgress, signal } = context;
  const dataset = await openDataset(folder);
  const model = await openModel(modelPath, runtime);
  let made: readonly string[] = [];
  try {
    // Found out now rather than after minutes of work.
    made = await ensureWritableFolder(out);
    for (const line of describeKnown(await countKnown(dataset.test, model.metadata))) context.warn(line);
    const record = await readTrainingRecord(modelPath, model.metadata);
    const report = await makeReport(model, dataset, { ...rest, ...record, onProgress, signal });
    const { evaluation, smallestDefect, html } = report;
    const reportPath = join(out, "report.html");
    const jsonPath = join(out, "evaluation.json");
    await writeFileAtomic(reportPath, html);
    const { metadata, device } = model;
    await writeFileAtomic(
      jsonPath,
      `${JSON.stringify({ evaluation, smallestDefect, mmPerPixel: rest.mmPerPixel, device, metadata }, null, 2)}\n`,
    );
    return { evaluation, smallestDefect, device, reportPath, jsonPath };
  } finally {
    await model.close();
    await removeEmptyFolders(made);
  }
}

/** What an evaluation on images that the model knows does not show. */
function describeKnown({ learned, calibrated }: KnownCounts): string[] {
  const among = (count: number) =>
    `${count} of the test images ${count === 1 ? "is" : "are"} among those that`;
  return [
    ...(learned === 0 ? [] : [`${among(learned)} the model was trained on: on new ones it does worse.`]),
    ...(calibrated === 0
      ? []
      : [
          `${among(calibrated)} its thresholds were found with: what they say of verdicts does not hold for new ones.`,
        ]),
  ];
}

/** The figures as text: one row for each defect type, all together, and what the threshold made of them. */
export function describeEvaluation({ types, counts, image, pixel, atThreshold }: Evaluation): string {
  const rows = types.map(({ type, count, imageAuroc, pixelAuroc, detected, missed }) =>
    row(type, count, percentage(imageAuroc), percentage(pixelAuroc), detected, missed),
  );
  const { detected, defectCount, falseRejects, goodCount, threshold, review } = atThreshold ?? {};
  const missed = detected === undefined ? undefined : defectCount! - detected - (review?.defect ?? 0);
  const all = row("all", counts.defect, percentage(image.auroc), percentage(pixel?.auroc), detected, missed);
  const lines = [
    table([["type", "images", "image AUROC %", "pixel AUROC %", "found", "missed"], ...rows, all]),
    "",
    ...(pixel === undefined ? [] : localization(pixel)),
    threshold === undefined
      ? "No threshold: no verdicts."
      : `At the threshold ${rounded(threshold)}: ${detected} of ${defectCount} defects found, ${falseRejects} of ${goodCount} good images rejected.`,
    ...(atThreshold === undefined ? [] : describeReview(atThreshold)),
  ];
  if (image.auroc === undefined) {
    lines.push(`No image AUROC: there are no ${counts.good === 0 ? "good" : "defective"} test images.`);
  }
  if (pixel === undefined) {
    if (counts.defect > 0) lines.push("No pixel figures: no defect image has a mask.");
  } else if (pixel.withoutMask > 0)
    lines.push(`Pixel figures leave out ${pixel.withoutMask} defect images without a mask.`);
  return lines.join("\n");
}

/** How good and defective images are called; nothing of models without a review threshold. */
function describeReview({ review, ...judged }: ThresholdEvaluation): string[] {
  if (review === undefined) return [];
  const { falseRejects, goodCount, detected, defectCount } = judged;
  const verdicts = (label: string, total: number, forReview: number, defect: number) =>
    [label, total - forReview - defect, forReview, defect].map(String);
  return [
    `From ${rounded(review.threshold)} on, what is not called defective is for review:`,
    "",
    table([
      ["called", "good", "review", "defect"],
      verdicts("good images", goodCount, review.good, falseRejects),
      verdicts("defective images", defectCount, review.defect, detected),
    ]),
  ];
}

function localization(pixel: PixelEvaluation): string[] {
  const measures = localizationMeasures(pixel);
  const width = Math.max(...measures.map(({ label }) => label.length));
  return measures.map(({ label, value, meaning }) => {
    return `${label.padEnd(width)}  ${percent(value).padStart("100.00 %".length)}  ${meaning}`;
  });
}

function row(
  type: string,
  images: number,
  imageAuroc: string,
  pixelAuroc: string,
  found?: number,
  missed?: number,
) {
  return [type, String(images), imageAuroc, pixelAuroc, count(found), count(missed)];
}
