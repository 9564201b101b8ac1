import type { LossPoint } from "../training/index.ts";
import type { Html } from "./html.ts";
import type { Plotter } from "./plot.ts";

const MOST_POINTS = 240;
/** Losses whose values span more than this factor are drawn on a logarithmic axis. */
const LOGARITHMIC_SPAN = 20;

export const LOSS_SERIES = [
  { key: "loss", colour: "var(--ink)" },
  { key: "segmentation", colour: "var(--accent)" },
  { key: "classification", colour: "var(--defect)" },
] as const;

/** Training losses against the step; long runs are averaged over equal stretches. Undefined without points. */
export function lossFigure({ Plot, draw }: Plotter, losses: readonly LossPoint[]): Html | undefined {
  if (losses.length === 0) return undefined;
  const points = average(losses);
  const values = points.flatMap((point) => LOSS_SERIES.map(({ key }) => point[key]));
  const lowest = Math.min(...values);
  const logarithmic = lowest > 0 && Math.max(...values) > LOGARITHMIC_SPAN * lowest;
  return draw("Training losses against the training step", {
    width: 1080,
    height: 280,
    marginBottom: 44,
    marginLeft: 56,
    x: { label: "training step", labelOffset: 40 },
    y: {
      label: "loss",
      grid: true,
      type: logarithmic ? "log" : "linear",
      zero: !logarithmic,
      ticks: 5,
      tickFormat: "~g",
    },
    marks: LOSS_SERIES.map(({ key, colour }) =>
      Plot.line(points, { x: "step", y: key, stroke: colour, strokeWidth: key === "loss" ? 2 : 1.5 }),
    ),
  });
}

type ShownPoint = Pick<LossPoint, "step" | "loss" | "segmentation" | "classification">;

function average(losses: readonly LossPoint[]): ShownPoint[] {
  const stretch = Math.ceil(losses.length / MOST_POINTS);
  const points: ShownPoint[] = [];
  for (let start = 0; start < losses.length; start += stretch) {
    const part = losses.slice(start, start + stretch);
    const mean = (key: keyof ShownPoint) => part.reduce((sum, point) => sum + point[key], 0) / part.length;
    points.push({
      step: mean("step"),
      loss: mean("loss"),
      segmentation: mean("segmentation"),
      classification: mean("classification"),
    });
  }
  return points;
}
