export { startsLikeWeights } from "./format.ts";
export { readWeights } from "./read-weights.ts";
export type { WeightFile } from "./weight-file.ts";
export type { Weights } from "./weights.ts";
