export { type BesideModel, besideModel } from "./beside-model.ts";
export { checkFalseReject } from "./check-false-reject.ts";
export { DECISIONS, type Decision } from "./decide.ts";
export { decodeAll } from "./decode-all.ts";
export { defaultBackbone } from "./default-backbone.ts";
export type { Drift, ScoreShift } from "./drift.ts";
export { inspectionGraph } from "./inspection-graph.ts";
export { countKnown, type KnownCounts, type KnownImages, knownImages } from "./known-images.ts";
export {
  type DefectCounts,
  type RecalibrateRequest,
  type RecalibrateResult,
  recalibrate,
} from "./recalibrate.ts";
export { MIN_IMAGES, splitHoldout } from "./split.ts";
export type { Timing } from "./stopwatch.ts";
export { train, trainWith } from "./train.ts";
export type { TrainExtras, TrainRequest, TrainResult } from "./train-request.ts";
