import { RsadError } from "../errors.ts";
import type { Backbone } from "./backbone.ts";
import { openEmbedded } from "./embedded/index.ts";
import { openOnnx } from "./onnx/index.ts";
import { openWeights } from "./open-weights.ts";
import { type BackboneSpec, backboneSchema } from "./spec.ts";
import { validate } from "./validate.ts";

export interface OpenBackboneOptions {
  /** Side of the square input in pixels, 32 to 4096. */
  readonly size: number;
  /** Where the converted embedded backbone is kept; RSAD_CACHE_DIR or the platform's cache folder if left out. */
  readonly cacheDir?: string | undefined;
}

/**
 * Loads a pretrained network for square images of `size` pixels. Throws RSAD_BACKBONE_MISSING, RSAD_BACKBONE_INVALID,
 * RSAD_ARGUMENT_INVALID.
 */
export async function openBackbone(
  spec: BackboneSpec,
  { size, cacheDir }: OpenBackboneOptions,
): Promise<Backbone> {
  if (!Number.isInteger(size) || size < 32 || size > 4096) {
    throw new RsadError("RSAD_ARGUMENT_INVALID", {
      subject: "the size of a backbone's input",
      expected: "a whole number of pixels from 32 to 4096",
      received: size,
      hint: "256 is a good start.",
    });
  }
  const checked = validate(backboneSchema, spec, "the backbone");
  switch (checked.kind) {
    case "embedded":
      return openEmbedded(size, cacheDir);
    case "onnx":
      return openOnnx(checked, size);
    case "weights":
      return openWeights(checked, size);
  }
}
