export type { Backbone, Tap } from "./backbone.ts";
export type { Normalisation } from "./normalisation.ts";
export { type OpenBackboneOptions, openBackbone } from "./open-backbone.ts";
export type { BackboneSpec, OnnxBackboneSpec } from "./spec.ts";
