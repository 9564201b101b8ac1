import type { Inspection } from "rsad/browser";
import type { Scored } from "./protocol.ts";

/** An image that was given to the page, and what became of it. */
export interface Inspected {
  readonly name: string;
  readonly file: Blob;
  /** Its score, once it has one; kept for good, unlike what it was read from. */
  score?: number;
  failure?: string;
  /** Pixels and map; only of the latest few images, or memory would run out. */
  scored?: Scored | undefined;
  /** By the thresholds of now; as long as `scored`. */
  inspection?: Inspection | undefined;
}

/** Images whose pixels and maps are kept. */
const KEPT = 12;

/** Drops the pixels and maps of all but the last of `images` and `shown`; they can be computed again. */
export function forgetOld(images: readonly Inspected[], shown: Inspected | undefined): void {
  const held = images.filter((image) => image.scored !== undefined && image !== shown);
  for (const image of held.slice(0, -KEPT)) {
    image.scored = undefined;
    image.inspection = undefined;
  }
}
