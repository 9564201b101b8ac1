import type { ImageFacts } from "./image-facts.ts";

const SHOWN = 3;

/** The first names, three at most, and the number of the others. */
export function someNames(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN);
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : shown.join(", ");
}

/** {@link someNames} of images. */
export function listNames(images: readonly ImageFacts[]): string {
  return someNames(images.map(({ sample }) => sample.name));
}
