export { DECISIONS, type Decision } from "./decide.ts";
export { decodeAll } from "./decode-all.ts";
export { inspectionGraph } from "./inspection-graph.ts";
export { type KnownImages, knownImages } from "./known-images.ts";
export {
  type DefectCounts,
  type Drift,
  type RecalibrateRequest,
  type RecalibrateResult,
  recalibrate,
} from "./recalibrate.ts";
export { MIN_IMAGES, splitHoldout } from "./split.ts";
export type { Timing } from "./stopwatch.ts";
export { type ModelSnapshots, type TrainRequest, type TrainResult, train } from "./train.ts";
