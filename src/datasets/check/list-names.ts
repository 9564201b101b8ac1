import type { ImageFacts } from "./image-facts.ts";

const SHOWN = 3;

/** The images' names, three at most and the number of the others. */
export function listNames(images: readonly ImageFacts[]): string {
  const names = images.slice(0, SHOWN).map(({ sample }) => sample.name);
  const rest = images.length - names.length;
  return rest > 0 ? `${names.join(", ")} and ${rest} more` : names.join(", ");
}
