import type { Evaluation, ThresholdEvaluation } from "../evaluation/index.ts";
import { counted, percent, rounded } from "../format.ts";
import { type Html, html } from "./html.ts";

/** The few numbers that matter most. */
export function headline({ counts, image, pixel, atThreshold }: Evaluation): Html {
  return html`<dl class="headline">
${figure("Image AUROC", percent(image.auroc), `${counts.good} good and ${counts.defect} defective`)}
${pixel && figure("Pixel AUROC", percent(pixel.auroc), `over ${counted(pixel.images, "image")}`)}
${pixel && figure("AUPRO", percent(pixel.aupro), `over ${counted(pixel.regions, "region")}, to 30 % false positives`)}
${atThreshold && judged(atThreshold)}
</dl>`;
}

function judged(result: ThresholdEvaluation): Html[] {
  const { threshold, detected, defectCount, falseRejects, goodCount, review } = result;
  const found = `${detected} of ${defectCount}`;
  const rejected = `${falseRejects} of ${goodCount}`;
  return [
    ...(defectCount > 0 ? [figure("Defects found", found, `score at least ${rounded(threshold)}`)] : []),
    ...(goodCount > 0 ? [figure("False rejects", rejected, "good images called defective")] : []),
    ...(review === undefined
      ? []
      : [
          figure(
            "For review",
            `${review.defect + review.good}`,
            `${review.defect} defective and ${review.good} good, from score ${rounded(review.threshold)}`,
          ),
        ]),
  ];
}

function figure(label: string, value: string, explanation: string): Html {
  return html`<div><dt>${label}</dt><dd>${value}<small>${explanation}</small></dd></div>
`;
}

/** The other measures, and what a reader must know to read the numbers rightly. */
export function remarks({ image, pixel }: Evaluation): string[] {
  const list: string[] = [];
  if (image.auroc === undefined) {
    list.push("Image metrics need good and defective images; one of the two is missing.");
  }
  if (image.f1Max !== undefined) {
    const threshold = rounded(image.f1Max.threshold);
    list.push(
      `Image average precision ${percent(image.aupr)}; largest image F1 ${percent(image.f1Max.value)}, at score ${threshold}. That threshold is the best in hindsight on these very images.`,
    );
  }
  if (pixel === undefined) {
    list.push("No pixel metrics: no defect image came with a mask.");
    return list;
  }
  if (pixel.f1Max !== undefined) {
    list.push(
      `Pixel average precision ${percent(pixel.aupr)}; largest pixel F1 ${percent(pixel.f1Max.value)}, at the threshold that is best in hindsight.`,
    );
  }
  if (pixel.withoutMask > 0) {
    list.push(`Pixel metrics leave out ${counted(pixel.withoutMask, "defect image")} without a mask.`);
  }
  if (pixel.notInspectedShare > 0) {
    list.push(
      `The model does not look at ${percent(pixel.notInspectedShare)} of all pixels (${percent(pixel.notInspectedDefectShare)} of the defects' pixels); pixel metrics leave them out.`,
    );
  }
  if (pixel.notInspectedRegions > 0) {
    list.push(
      `AUPRO leaves out ${counted(pixel.notInspectedRegions, "defect region")} wholly outside what the model looks at.`,
    );
  }
  return list;
}
