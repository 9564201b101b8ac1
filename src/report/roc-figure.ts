import { type Evaluation, GOOD, rocCurve } from "../evaluation/index.ts";
import type { Html } from "./html.ts";
import type { Plotter } from "./plot.ts";

/** The image-level ROC curve, with the threshold's place on it; undefined when only one class is present. */
export function rocFigure({ Plot, draw }: Plotter, evaluation: Evaluation): Html | undefined {
  const { samples, atThreshold } = evaluation;
  const curve = rocCurve(
    samples.map((sample) => sample.score),
    samples.map((sample) => (sample.type === GOOD ? 0 : 1)),
  );
  if (curve === undefined) return undefined;
  const line = { x: "falsePositiveRate", y: "truePositiveRate" };
  const chance = [
    { falsePositiveRate: 0, truePositiveRate: 0 },
    { falsePositiveRate: 1, truePositiveRate: 1 },
  ];
  const marks = [
    Plot.line(chance, { ...line, strokeDasharray: "2 4", strokeOpacity: 0.5 }),
    Plot.areaY(curve, { x: line.x, y1: 0, y2: line.y, fill: "var(--accent)", fillOpacity: 0.1 }),
    Plot.line(curve, { ...line, stroke: "var(--accent)", strokeWidth: 2 }),
  ];
  if (atThreshold !== undefined) {
    const falsePositiveRate = atThreshold.falseRejects / atThreshold.goodCount;
    const truePositiveRate = atThreshold.detected / atThreshold.defectCount;
    const point = [{ falsePositiveRate, truePositiveRate }];
    const side = falsePositiveRate < 0.6 ? 1 : -1;
    marks.push(
      Plot.dot(point, { ...line, r: 5, fill: "var(--surface)", stroke: "var(--ink)", strokeWidth: 2 }),
      Plot.text(point, {
        ...line,
        text: () => "at the threshold",
        textAnchor: side > 0 ? "start" : "end",
        dx: 10 * side,
        dy: 12,
        fill: "var(--ink)",
      }),
    );
  }
  return draw("ROC curve over images", {
    width: 400,
    height: 340,
    marginTop: 32,
    marginBottom: 44,
    marginLeft: 48,
    x: {
      label: "false rejects, of good",
      labelOffset: 40,
      domain: [0, 1],
      grid: true,
      ticks: 5,
      tickFormat: "%",
    },
    y: { label: "found, of defects", domain: [0, 1], grid: true, ticks: 5, tickFormat: "%" },
    marks,
  });
}
