import type { Backbone } from "./backbone.ts";
import { KNOWN } from "./registry/index.ts";
import { findByHash } from "./registry/known-weights.ts";

/** Name of the weights that the paper used: torchvision's first ones of WideResNet50-2. */
export const PAPER_BACKBONE = "wide_resnet50_2";

/** Whether a backbone has the weights that the paper used, for whose features its noise was made. */
export function isPaperBackbone({ sha256 }: Pick<Backbone, "sha256">): boolean {
  return findByHash(KNOWN, sha256)?.name === PAPER_BACKBONE;
}
