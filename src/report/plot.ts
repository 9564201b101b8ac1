import type * as ObservablePlot from "@observablehq/plot";
import { Html } from "./html.ts";

export type Plot = typeof ObservablePlot;

/** Renders Observable Plot figures to SVG without a browser. */
export interface Plotter {
  readonly Plot: Plot;
  /** `description` is what a screen reader says of the figure. */
  draw(description: string, options: ObservablePlot.PlotOptions): Html;
}

/** Loads the plotting libraries, which take a moment and which only a report needs. */
export async function loadPlotter(): Promise<Plotter> {
  const [Plot, { parseHTML }] = await Promise.all([import("@observablehq/plot"), import("linkedom")]);
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  return {
    Plot,
    draw(description, options) {
      const figure = Plot.plot({ ...options, document, className: "plot" });
      const { width = 640 } = options;
      figure.setAttribute("style", `min-width:${0.7 * width}px;max-width:${1.25 * width}px`);
      figure.setAttribute("role", "img");
      figure.setAttribute("aria-label", description);
      return new Html(figure.outerHTML);
    },
  };
}
