export { availableTaps } from "./available-taps.ts";
export type { Backbone, Tap } from "./backbone.ts";
export type { BackboneFlags } from "./flags.ts";
export { type OpenBackboneOptions, openBackbone } from "./open-backbone.ts";
export { isPaperBackbone, PAPER_BACKBONE } from "./paper-backbone.ts";
export { parseBackbone } from "./parse-backbone.ts";
export {
  type AddOptions,
  addBackbone,
  type BackboneInfo,
  type DescribedTap,
  describeBackbone,
  fetchByHand,
  isHashWhole,
  type KnownFile,
  type KnownWeights,
  listBackbones,
  type Pulled,
  type PullOptions,
  pullBackbone,
  type RegistryOptions,
  type RemoveOptions,
  removeBackbone,
  type StoredSpec,
} from "./registry/index.ts";
export type { BackboneSpec, Normalisation, OnnxBackboneSpec, WeightsBackboneSpec } from "./spec.ts";
export { SIDECAR_EXAMPLE } from "./validate.ts";
