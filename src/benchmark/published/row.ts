import type { PublishedMeasures, PublishedResult } from "./published.ts";

type Figures = readonly [
  imageAuroc: number | undefined,
  pixelAuroc?: number | undefined,
  aupro?: number | undefined,
];

interface Origin {
  readonly selection: PublishedResult["selection"];
  readonly source: string;
  readonly note?: string;
}

/** A method with one model per class of which the averages alone are known. */
export function perClass(method: string, figures: Figures, origin: Origin): PublishedResult {
  return { method, mean: measures(figures), protocol: "one model per class", ...origin };
}

/** The same with one model for all classes. */
export function forAllClasses(method: string, figures: Figures, origin: Origin): PublishedResult {
  return { method, mean: measures(figures), protocol: "one model for all classes", ...origin };
}

function measures([imageAuroc, pixelAuroc, aupro]: Figures): PublishedMeasures {
  return {
    ...(imageAuroc === undefined ? {} : { imageAuroc }),
    ...(pixelAuroc === undefined ? {} : { pixelAuroc }),
    ...(aupro === undefined ? {} : { aupro }),
  };
}
