export { type AddOptions, addBackbone } from "./add.ts";
export { type BackboneInfo, type DescribedTap, describeBackbone, listBackbones } from "./describe.ts";
export { fetchByHand } from "./failed-download.ts";
export { KNOWN } from "./known.ts";
export { isHashWhole, type KnownFile, type KnownWeights } from "./known-weights.ts";
export { findBackbone, REGISTRY_OPTIONS, type RegistryOptions } from "./lookup.ts";
export { type Pulled, type PullOptions, pullBackbone } from "./pull.ts";
export type { StoredSpec } from "./record.ts";
export { type RemoveOptions, removeBackbone } from "./remove.ts";
