export {
  type CalibrateOptions,
  calibrate,
  DEFAULT_FALSE_REJECT,
  type GoodScores,
  scoreGood,
  thresholdsFor,
} from "./calibrate.ts";
export { MODEL_FORMAT, type ModelMetadata, PRECISIONS, type Precision, type Thresholds } from "./metadata.ts";
export { GraphScorer, Model, type ScoredImage, type Scorer } from "./model.ts";
export { decodeMetadata, encodeModelFile, encodeWithMetadata, withMetadata } from "./model-file.ts";
