import { percent } from "../format.ts";
import type { ModelMetadata } from "../model/index.ts";

/** Facts that are shares in [0, 1]; all others are counts. */
const SHARES = ["explained_variance"];

/** What a model keeps of what was learned, in words: `384 components, 93.12 % explained variance, 4000 vectors`. */
export function describeFacts(facts: Readonly<Record<string, number>>): string {
  return Object.entries(facts)
    .map(([name, value]) => `${SHARES.includes(name) ? percent(value) : value} ${name.replaceAll("_", " ")}`)
    .join(", ");
}

/** Which part of each image a model inspects, in words: `62.50 % of each image, by mask.png`. */
export function describeRegion({ share, name }: NonNullable<ModelMetadata["region"]>): string {
  return `${percent(share)} of each image, by ${name}`;
}

/** How a model cuts images, in words. */
export function describeTiles({ size, overlap, trained }: NonNullable<ModelMetadata["tiles"]>): string {
  const learned = trained === 0 ? "whole images" : String(trained);
  return `${size} x ${size} pixels, ${overlap} of them shared by neighbours; trained on ${learned}`;
}
