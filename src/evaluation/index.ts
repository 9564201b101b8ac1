export { ImageOverlapStatistics } from "./aupimo.ts";
export { RegionStatistics } from "./aupro.ts";
export { checkMask } from "./check-mask.ts";
export { type CocoDocument, type CocoSource, cocoDocument } from "./coco.ts";
export type { Contour, Corner } from "./contours.ts";
export type { CurveMeasures, F1Max } from "./curve.ts";
export { isDefective, type PixelSummary, summarize } from "./evaluate.ts";
export * from "./evaluation.ts";
export { type EvaluatedSample, Evaluator, type EvaluatorOptions } from "./evaluator.ts";
export {
  type Inspection,
  type InspectOptions,
  inspect,
  type Verdict,
  type VerdictPromise,
  verdictOf,
} from "./inspect.ts";
export type { Calibrated, Judge } from "./judge.ts";
export type { MapPeak, Place } from "./map-peak.ts";
export { type MeanAndDeviation, meanAndDeviation } from "./mean-and-deviation.ts";
export { PixelStatistics } from "./pixel-curve.ts";
export {
  type DefectRegion,
  defectRegions,
  type Millimetres,
  type RegionBox,
  type RegionOptions,
} from "./regions.ts";
export {
  aupr,
  auroc,
  curveMeasures,
  f1Max,
  type Labels,
  type RocPoint,
  rocCurve,
  type Scores,
} from "./roc.ts";
