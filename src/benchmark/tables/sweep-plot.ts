import { type Html, html, type Plotter } from "../../report/index.ts";
import type { BenchmarkResults, Variant } from "../results.ts";
import { Cells, type Estimate } from "./estimate.ts";
import { IMAGE_AUROC, type Measure, PIXEL_AUROC } from "./measures.ts";
import type { Table } from "./table.ts";

const SERIES = [
  { measure: IMAGE_AUROC, colour: "var(--accent)", dy: -3 },
  { measure: PIXEL_AUROC, colour: "var(--defect)", dy: 3 },
] as const;

/** Told apart in light and in dark, on paper and by the colour-blind. */
const PALETTE = ["#4269d0", "#e0703c", "#3ca951", "#a463f2", "#c99700", "#8a6d5c"];

/** One variant's average of one measure, in percent. */
interface Point {
  readonly variant: Variant;
  readonly measure: Measure;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Images trained on, averaged over the cells. */
  readonly images: number;
}

/** A group of an ablation as a picture; undefined with nothing to draw. */
export function sweepPlot(
  plotter: Plotter,
  results: BenchmarkResults,
  { name, backbone }: NonNullable<Table["sweep"]>,
): Html | undefined {
  const variants = results.variants.filter((variant) => variant.sweep === name);
  const points = pointsOf(results, variants, backbone);
  if (points.length === 0) return undefined;
  return variants.some(({ trainImages }) => trainImages !== undefined)
    ? learningCurves(plotter, points)
    : intervals(plotter, points);
}

/** Variants down, a dot for each measure with the deviation to both sides. */
function intervals({ Plot, draw }: Plotter, points: readonly Point[]): Html {
  const labels = [...new Set(points.map(({ variant }) => variant.label))];
  const longest = Math.max(...labels.map(({ length }) => length));
  const of = (measure: Measure) => points.filter((point) => point.measure === measure);
  const label = (point: Point) => point.variant.label;
  const shown = SERIES.filter(({ measure }) => of(measure).length > 0);
  const plot = draw("Averages over the classes, variant by variant", {
    width: 640,
    height: 70 + 26 * labels.length,
    marginLeft: Math.min(260, 24 + 7 * longest),
    marginBottom: 44,
    x: { label: "%", grid: true, labelOffset: 40, inset: 10 },
    y: { label: null, domain: labels },
    marks: shown.flatMap(({ measure, colour, dy }) => [
      Plot.ruleY(of(measure), { x1: "low", x2: "high", y: label, stroke: colour, dy }),
      Plot.dot(of(measure), { x: "value", y: label, fill: colour, r: 4, dy }),
    ]),
  });
  return figure(
    shown.map(({ measure, colour }) => ({ label: measure.title, colour })),
    plot,
  );
}

/** A line for each recipe over the images trained on, each measure in a field of its own. */
function learningCurves({ Plot, draw }: Plotter, points: readonly Point[]): Html {
  const recipes = [...new Set(points.map(({ variant }) => JSON.stringify(variant.recipe)))];
  const colourOf = ({ variant }: Point) =>
    PALETTE[recipes.indexOf(JSON.stringify(variant.recipe)) % PALETTE.length]!;
  const counts = points.map(({ images }) => images);
  const plot = draw("Averages over the classes against the number of training images", {
    width: 860,
    height: 300,
    marginLeft: 56,
    marginTop: 32,
    marginBottom: 44,
    x: {
      label: "images trained on",
      labelOffset: 40,
      type: Math.max(...counts) > 8 * Math.min(...counts) ? "log" : "linear",
      tickFormat: ",",
      ticks: 5,
    },
    y: { label: "%", grid: true, ticks: 5 },
    fx: { domain: SERIES.map(({ measure }) => measure.title), label: null, padding: 0.1 },
    color: { type: "identity" },
    marks: [
      Plot.ruleX(points, { x: "images", y1: "low", y2: "high", fx: title, stroke: colourOf }),
      Plot.line(points, {
        x: "images",
        y: "value",
        z: colourOf,
        fx: title,
        stroke: colourOf,
        strokeWidth: 2,
      }),
      Plot.dot(points, { x: "images", y: "value", fx: title, fill: colourOf, r: 3.5 }),
    ],
  });
  return figure(
    recipes.map((recipe, i) => ({
      label: (JSON.parse(recipe) as Variant["recipe"]).name,
      colour: PALETTE[i % PALETTE.length]!,
    })),
    plot,
  );
}

function title({ measure }: Point): string {
  return measure.title;
}

function figure(legend: readonly { readonly label: string; readonly colour: string }[], plot: Html): Html {
  return html`<figure class="panel"><figcaption>Averages over the classes (%) ${legend.map(
    ({ label, colour }) => html`<span><i style="background:${colour}"></i>${label}</span>`,
  )}</figcaption>${plot}</figure>`;
}

function pointsOf(results: BenchmarkResults, variants: readonly Variant[], backbone: string): Point[] {
  const cells = new Cells(results);
  return variants.flatMap((variant) =>
    SERIES.flatMap(({ measure }): Point[] => {
      const subject = { backbone, variant: variant.id, moment: "last" } as const;
      const estimate = cells.average(subject, measure);
      if (estimate === undefined) return [];
      const trained = cells.ofAll(subject).map(({ counts }) => counts.trained);
      const images = trained.reduce((sum, count) => sum + count, 0) / trained.length;
      return [{ variant, measure, images, ...interval(estimate) }];
    }),
  );
}

/** The mean and a deviation to both sides. */
function interval({ mean, deviation = 0 }: Estimate): Pick<Point, "value" | "low" | "high"> {
  return { value: 100 * mean, low: 100 * (mean - deviation), high: 100 * (mean + deviation) };
}
