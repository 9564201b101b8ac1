export type { Backbone, Tap } from "./backbone.ts";
export { type OpenBackboneOptions, openBackbone } from "./open-backbone.ts";
export { isPaperBackbone } from "./paper-backbone.ts";
export { type BackboneFlags, parseBackbone } from "./parse-backbone.ts";
export type { BackboneSpec, Normalisation, OnnxBackboneSpec } from "./spec.ts";
