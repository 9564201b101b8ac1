import { type ContrastResult, type SizeResult, type SmallestDefect, WANTED } from "../assessment/index.ts";
import { counted, percent } from "../format.ts";
import { type Html, html } from "./html.ts";

/** What was found, a line for each contrast, and what stands behind it. */
export function describeSmallestDefect(result: SmallestDefect, mmPerPixel?: number): string[] {
  const { trials, images, passedOver, scored, tooLarge } = result;
  const share = Math.round(100 * WANTED);
  // The same for all contrasts.
  const sizes = result.contrasts[0]?.sizes ?? [];
  const without = sizes.reduce((sum, size) => sum + trials - size.trials, 0);
  const notes = [
    ...(passedOver > 0
      ? [
          `${counted(passedOver, "good test image")} called defective as ${passedOver === 1 ? "it is tells" : "they are tell"} nothing.`,
        ]
      : []),
    ...(without > 0
      ? [`${counted(without, "spot")} found no place that the model looks at and does not mark: left out.`]
      : []),
    ...(tooLarge === undefined
      ? []
      : [
          `Only sizes up to ${sizes.at(-1)?.size} pixels could be tried: most spots of ${tooLarge} find no place that the model looks at and does not mark.`,
        ]),
    ...(trials > 2 * images
      ? [
          "Several spots share an image and are taken for independent all the same: with more good test images the sizes were surer.",
        ]
      : []),
    "Planted spots are not your defects.",
  ];
  return [
    ...result.contrasts.map((contrast) => `${nameOf(contrast)}: ${statement(contrast, mmPerPixel)}`),
    `Planted spots of which at least ${share} % are found from that size on, ${trials} of each size in ${counted(images, "good test image")}; ${scored} runs of the model. ${notes.join(" ")}`,
  ];
}

/** The statement for each contrast, and the share found at each size. */
export function smallestDefectPanel(result: SmallestDefect, mmPerPixel?: number): Html {
  const [first] = result.contrasts;
  return html`<div class="panel" tabindex="0" role="region" aria-label="Smallest defect"><ul class="notes">${describeSmallestDefect(
    result,
    mmPerPixel,
  ).map((line) => html`<li>${line}</li>`)}</ul>
<table>
<thead><tr><th scope="col">Diameter, pixels</th>${mmPerPixel === undefined ? undefined : html`<th scope="col">mm</th>`}<th scope="col">Spots</th>${result.contrasts.map(
    ({ name }) =>
      html`<th scope="col">Rejected, ${name}</th><th scope="col">Located</th><th scope="col">Found</th><th scope="col">95 % interval</th>`,
  )}</tr></thead>
<tbody>
${first?.sizes.map(
  (
    { size, trials },
    i,
  ) => html`<tr><th scope="row">${size}</th>${mmPerPixel === undefined ? undefined : html`<td>${millimetres(size, mmPerPixel)}</td>`}<td>${trials}</td>${result.contrasts.map(({ sizes }) => cells(sizes[i]!))}</tr>
`,
)}</tbody></table></div>`;
}

function cells({ trials, rejected, located, found, interval }: SizeResult): Html {
  return html`<td>${percent(rejected / trials)}</td><td>${percent(located / trials)}</td><td>${percent(found / trials)}</td><td>${Math.round(100 * interval.low)} to ${Math.round(100 * interval.high)} %</td>`;
}

function nameOf({ name, change }: ContrastResult): string {
  return `${name[0]!.toUpperCase()}${name.slice(1)} contrast (${change} of 255 grey levels)`;
}

/** `12 pixels (0.96 mm); 8 to 16 pixels as far as 40 spots a size tell`. */
function statement(
  { sizes, smallest, atLeast, atMost }: ContrastResult,
  mmPerPixel: number | undefined,
): string {
  const largest = sizes.at(-1)?.size;
  if (smallest === undefined) return `not found reliably up to ${largest} pixels, the largest that was tried`;
  const length = mmPerPixel === undefined ? "" : ` (${millimetres(smallest, mmPerPixel)} mm)`;
  const to = atMost === undefined ? `more than ${largest}` : atMost;
  return `${smallest} pixels${length} in diameter; the true size lies between ${atLeast} and ${to}, as far as so many spots tell`;
}

function millimetres(pixels: number, mmPerPixel: number): string {
  return String(Number((pixels * mmPerPixel).toPrecision(3)));
}
