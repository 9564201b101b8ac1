import type { Timing } from "../detectors/index.ts";
import type { Evaluation, PixelEvaluation, ThresholdEvaluation } from "../evaluation/index.ts";
import { count, counted, duration, percent } from "../format.ts";
import { type Html, html } from "./html.ts";
import { localizationMeasures } from "./localization.ts";

/** A row for each defect type, and one for the good images where there is a threshold to judge them by. */
export function typeTable({ types, atThreshold }: Evaluation): Html {
  const review = atThreshold?.review;
  return html`<table>
<thead><tr><th scope="col">Type</th><th scope="col">Images</th><th scope="col">Image AUROC</th><th scope="col">Pixel AUROC</th><th scope="col">Detected</th>${review && html`<th scope="col">Review</th>`}<th scope="col">Missed</th></tr></thead>
<tbody>
${types.map(
  (
    type,
  ) => html`<tr><th scope="row">${type.type}</th><td>${type.count}</td><td>${percent(type.imageAuroc)}</td><td>${percent(type.pixelAuroc)}</td><td>${count(type.detected)}</td>${review && html`<td>${count(type.review)}</td>`}<td${type.missed ? ALARM : undefined}>${count(type.missed)}</td></tr>
`,
)}</tbody>
${atThreshold && goodRow(atThreshold)}
</table>`;
}

function goodRow({ goodCount, falseRejects, review }: ThresholdEvaluation): Html {
  const forReview = review && `, ${review.good} for review`;
  return html`<tfoot><tr><th scope="row">good</th><td>${goodCount}</td><td colspan="2"></td><td colspan="${review === undefined ? 2 : 3}"${falseRejects > 0 ? ALARM : undefined}>${counted(falseRejects, "false reject")}${forReview}</td></tr></tfoot>`;
}

const ALARM = html` class="alarm"`;

/** A row for each measure of how well the maps point at the defects, with what it says. */
export function localizationTable(pixel: PixelEvaluation): Html {
  return html`<table class="measures"><tbody>
${localizationMeasures(pixel).map(
  ({
    label,
    value,
    meaning,
  }) => html`<tr><th scope="row">${label}</th><td>${percent(value)}</td><td>${meaning}</td></tr>
`,
)}</tbody></table>`;
}

export function settingsTable(rows: readonly { label: string; value: string }[]): Html {
  return html`<table class="pairs"><tbody>
${rows.map(
  ({ label, value }) => html`<tr><th scope="row">${label}</th><td>${value}</td></tr>
`,
)}</tbody></table>`;
}

/** How long each part took, with the median time to score an image if the samples know it. */
export function timingsTable(timings: readonly Timing[], evaluation: Evaluation): Html | undefined {
  const perImage = medianSeconds(evaluation);
  if (timings.length === 0 && perImage === undefined) return undefined;
  const longest = Math.max(...timings.map(({ seconds }) => seconds));
  return html`<table class="pairs timings"><tbody>
${timings.map(
  ({
    label,
    seconds,
  }) => html`<tr><th scope="row">${label}</th><td>${duration(seconds)}</td><td class="bar" aria-hidden="true"><span style="width:${longest > 0 ? ((100 * seconds) / longest).toFixed(1) : 0}%"></span></td></tr>
`,
)}${perImage === undefined ? undefined : html`<tr><th scope="row">One image (median)</th><td>${duration(perImage)}</td><td></td></tr>`}
</tbody></table>`;
}

function medianSeconds({ samples }: Evaluation): number | undefined {
  const sorted = samples
    .flatMap(({ seconds }) => (seconds === undefined ? [] : [seconds]))
    .sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
