import { RsadError } from "../errors.ts";
import type { Backbone } from "./backbone.ts";
import { openEmbedded } from "./embedded/index.ts";
import type { BackboneSpec } from "./spec.ts";

export interface OpenBackboneOptions {
  /** Side of the square input, in pixels. */
  readonly size: number;
}

/**
 * Loads a pretrained network for square images of `size` pixels. Throws RSAD_BACKBONE_MISSING, RSAD_BACKBONE_INVALID,
 * RSAD_ARGUMENT_INVALID.
 */
export async function openBackbone(spec: BackboneSpec, { size }: OpenBackboneOptions): Promise<Backbone> {
  if (spec.kind === "embedded") return openEmbedded(size);
  throw new RsadError("RSAD_BACKBONE_INVALID", {
    subject: spec.file,
    expected: "the embedded backbone",
    received: spec.kind,
    hint: "ONNX files follow.",
  });
}
