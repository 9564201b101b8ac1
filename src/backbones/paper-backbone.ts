import type { Backbone } from "./backbone.ts";

/** First digits of the SHA-256 of torchvision's wide_resnet50_2-95faca4d.pth (IMAGENET1K_V1), as its name promises. */
const PAPER_SHA256 = "95faca4d";

/** Whether a backbone is the one that the paper used, whose features its noise was made for. */
export function isPaperBackbone({ sha256 }: Pick<Backbone, "sha256">): boolean {
  return sha256.startsWith(PAPER_SHA256);
}
