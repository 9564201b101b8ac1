import type { Backbone, Tap } from "./backbone.ts";
import { KNOWN } from "./registry/index.ts";
import { findByHash } from "./registry/known-weights.ts";

/** Name of the weights that the paper used: torchvision's first ones of WideResNet50-2. */
export const PAPER_BACKBONE = "wide_resnet50_2";

const PAPER_TAPS = ["layer2", "layer3"];

/** Whether a backbone gives the features for which the paper's noise was made: these layers with these weights. */
export function isPaperBackbone({
  sha256,
  taps,
}: Pick<Backbone, "sha256"> & { readonly taps: readonly Pick<Tap, "name">[] }): boolean {
  const names = taps.map(({ name }) => name).sort();
  return findByHash(KNOWN, sha256)?.name === PAPER_BACKBONE && names.join() === PAPER_TAPS.join();
}
