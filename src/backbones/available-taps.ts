import { computedTensors } from "./onnx/index.ts";
import { architectureNamed } from "./open-weights.ts";
import type { BackboneSpec } from "./spec.ts";

/**
 * Every place of a backbone from which features can be taken: an architecture's layers, or all tensors that an ONNX file
 * computes. None of the embedded one, whose places are fixed. Throws RSAD_BACKBONE_MISSING, RSAD_BACKBONE_INVALID,
 * RSAD_ARGUMENT_INVALID.
 */
export async function availableTaps(spec: BackboneSpec): Promise<readonly string[]> {
  switch (spec.kind) {
    case "embedded":
      return [];
    case "onnx":
      return computedTensors(spec);
    case "weights":
      return architectureNamed(spec.architecture).taps;
  }
}
