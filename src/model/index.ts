export {
  askedFalseReject,
  type CalibrateOptions,
  calibrate,
  DEFAULT_FALSE_REJECT,
  type GoodScores,
  imageScores,
  scoreGood,
  thresholdsFor,
} from "./calibrate.ts";
export { checkTileSize } from "./choose-tiling.ts";
export { DECISION, decides } from "./decision.ts";
export { checkDigest, withDigest } from "./digest.ts";
export { fullModel } from "./full-model.ts";
export { GraphScorer } from "./graph-scorer.ts";
export { MODEL_FORMAT, type ModelMetadata, PRECISIONS, type Precision, type Thresholds } from "./metadata.ts";
export { type LoadOptions, Model } from "./model.ts";
export {
  BATCH_INPUT,
  decodeMetadata,
  encodeModelFile,
  encodeWithMetadata,
  withMetadata,
} from "./model-file.ts";
export { nameImage } from "./name-image.ts";
export type { ScoredImage, Scorer } from "./scorer.ts";
export { inTiles } from "./tiled-scorer.ts";
