import type * as ObservablePlot from "@observablehq/plot";
import { type Evaluation, GOOD } from "../evaluation/index.ts";
import { rounded } from "../format.ts";
import type { Html } from "./html.ts";
import type { Plotter } from "./plot.ts";

/** How the image scores of good and defective samples are spread, with the threshold; undefined without samples. */
export function scoreHistogram({ Plot, draw }: Plotter, evaluation: Evaluation): Html | undefined {
  if (evaluation.samples.length === 0) return undefined;
  const samples = evaluation.samples.map((sample) => ({
    score: sample.score,
    truth: sample.type === GOOD ? "good" : "defect",
  }));
  const threshold = evaluation.atThreshold?.threshold;
  const bars = Plot.binX<ObservablePlot.RectYOptions>(
    { y: "count", title: describeBin },
    {
      x: "score",
      fy: "truth",
      fill: (sample: { truth: string }) => `var(--${sample.truth})`,
      thresholds: binEdges(
        samples.map((sample) => sample.score),
        threshold,
      ),
    },
  );
  const marks = [Plot.rectY(samples, bars), Plot.ruleY([0], { strokeOpacity: 0.4 })];
  if (threshold !== undefined) {
    marks.push(
      Plot.ruleX([threshold], { stroke: "var(--ink)", strokeDasharray: "4 3" }),
      Plot.text([threshold], {
        x: threshold,
        fy: () => "good",
        text: () => `threshold ${rounded(threshold)}`,
        frameAnchor: "top",
        textAnchor: "start",
        dx: 6,
        fill: "var(--ink)",
      }),
    );
  }
  return draw("Histograms of the image scores of good and of defective samples", {
    width: 640,
    height: 340,
    marginTop: 32,
    marginBottom: 44,
    marginLeft: 48,
    marginRight: 56,
    x: { label: "image score (higher is worse)", labelOffset: 40 },
    y: { label: "images", grid: true, ticks: 4 },
    fy: { domain: ["good", "defect"], label: null, padding: 0.18 },
    marks,
  });
}

const BINS = 32;

/** Equal bins over all scores, one edge on the threshold, so that no bar lies on both sides of it. */
function binEdges(scores: readonly number[], threshold: number | undefined): number[] {
  const low = Math.min(...scores);
  const high = Math.max(...scores);
  const anchor = threshold ?? low;
  const step = (Math.max(high, anchor) - Math.min(low, anchor)) / BINS || 1;
  const first = Math.floor((low - anchor) / step);
  const last = Math.floor((high - anchor) / step) + 1;
  return Array.from({ length: last - first + 1 }, (_, i) => anchor + (first + i) * step);
}

function describeBin(samples: { truth: string }[], bin: { x1: number; x2: number }): string {
  return `${samples.length} ${samples[0]?.truth} with a score from ${rounded(bin.x1)} to ${rounded(bin.x2)}`;
}
