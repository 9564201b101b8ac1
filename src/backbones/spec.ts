import type { Normalisation } from "./normalisation.ts";

/** Which pretrained network to use. */
export type BackboneSpec = { readonly kind: "embedded" } | OnnxBackboneSpec;

/** An ONNX file with one float image input [N, 3, H, W]. */
export interface OnnxBackboneSpec {
  readonly kind: "onnx";
  readonly file: string;
  /** Names of the tensors in the file whose values are the features, at least one. */
  readonly taps: readonly string[];
  readonly normalisation: Normalisation;
  /** The file's name without its ending if left out. */
  readonly name?: string;
  readonly licence?: string;
  readonly source?: string;
}
