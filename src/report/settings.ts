import type { ModelMetadata } from "../model/index.ts";
import { counted, score } from "./format.ts";

/** What a reader must know of a model to judge its figures: one row each. */
export function settingsOf(metadata: ModelMetadata): { label: string; value: string }[] {
  const { backbone, recipe, seed, data, threshold, createdWith } = metadata;
  return [
    { label: "Backbone", value: `${backbone.name}, taps ${backbone.taps.join(", ")}` },
    {
      label: "Weights",
      value: `${backbone.source}; licence ${backbone.licence}; SHA-256 ${backbone.sha256}`,
    },
    { label: "Recipe", value: recipe.name },
    ...flatten({ ...recipe, name: undefined }).map(([label, value]) => ({ label, value })),
    { label: "Seed", value: String(seed) },
    { label: "Trained on", value: `${counted(data.count, "good image")}, SHA-256 ${data.sha256}` },
    {
      label: "Thresholds",
      value:
        threshold === undefined
          ? "none: no good images were held out of training"
          : `image ${score(threshold.image)}, pixel ${score(threshold.pixel)}; ${threshold.rule}, from ${counted(threshold.count, "good image")} held out of training`,
    },
    { label: "Trained with", value: `rsad ${createdWith}` },
  ];
}

/** Nested settings as paths and values: `noise.deviation`, `0.3`. */
function flatten(value: object, prefix = ""): [path: string, value: string][] {
  return Object.entries(value).flatMap(([key, field]): [string, string][] => {
    if (field === undefined) return [];
    if (typeof field !== "object" || field === null || Array.isArray(field)) {
      return [[`${prefix}${key}`, Array.isArray(field) ? field.join(", ") || "none" : String(field)]];
    }
    return flatten(field, `${prefix}${key}.`);
  });
}
