import { counted, rounded } from "../format.ts";
import type { ModelMetadata } from "../model/index.ts";
import { describeFacts, describeRegion, describeTiles } from "./facts.ts";

/** What a reader must know of a model to judge its figures: one row each. */
export function settingsOf(metadata: ModelMetadata): { label: string; value: string }[] {
  const { backbone, recipe, seed, data, threshold, createdWith, facts, parameters, region, tiles } = metadata;
  const { name, method, ...settings } = recipe;
  return [
    { label: "Backbone", value: `${backbone.name}, taps ${backbone.taps.join(", ")}` },
    {
      label: "Weights",
      value: `${backbone.source}; licence ${backbone.licence}; SHA-256 ${backbone.sha256}`,
    },
    { label: "Method", value: method },
    { label: "Recipe", value: name },
    ...Object.entries(settings).map(([name, value]) => ({
      label: `Recipe: ${name}`,
      value: describe(value),
    })),
    ...(facts === undefined ? [] : [{ label: "Learned", value: describeFacts(facts) }]),
    ...(parameters === undefined ? [] : [{ label: "Trained values", value: describe(parameters) }]),
    ...(tiles === undefined ? [] : [{ label: "In tiles", value: describeTiles(tiles) }]),
    ...(region === undefined
      ? []
      : [{ label: "Inspected", value: `${describeRegion(region)}, SHA-256 ${region.sha256}` }]),
    { label: "Seed", value: String(seed) },
    {
      label: "Trained on",
      value: `${data.trained} of ${counted(data.count, "good image")} in ${data.name}${data.copies === undefined ? "" : ` (copies of others: ${data.copies})`}${data.leftOut === undefined ? "" : `, from which ${data.leftOut} more were left out`}, SHA-256 of all ${data.sha256}`,
    },
    {
      label: "Thresholds",
      value:
        threshold === undefined
          ? "none: no good images were held out of training"
          : `image ${rounded(threshold.image)}, pixel ${rounded(threshold.pixel)}; ${threshold.rule}`,
    },
    { label: "Trained with", value: `rsad ${createdWith}` },
  ];
}

/** A setting with its parts in words: `fit stretch, size 256`. */
function describe(value: unknown): string {
  if (Array.isArray(value)) return value.map(describe).join(", ") || "none";
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([name, part]) => `${name} ${describe(part)}`)
    .join(", ");
}
