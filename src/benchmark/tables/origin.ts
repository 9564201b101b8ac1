import type { PublishedResult } from "../published/index.ts";

export const CHECKPOINTS: Record<PublishedResult["selection"], string> = {
  test: "chosen on the test set",
  last: "last",
  none: "nothing to choose",
  unknown: "not known",
};

export const MODELS: Record<PublishedResult["protocol"], string> = {
  "one model per class": "one per class",
  "one model for all classes": "one for all classes",
  unknown: "not known",
};

/** What must be known of a published figure to hold it against another. */
export function originOf({ source, protocol, selection }: PublishedResult): string {
  return `${source}; models: ${MODELS[protocol]}; checkpoint: ${CHECKPOINTS[selection]}`;
}
