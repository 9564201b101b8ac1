export { calibrate } from "./calibrate.ts";
export { MODEL_FORMAT, type ModelMetadata, PRECISIONS, type Precision, type Thresholds } from "./metadata.ts";
export { GraphScorer, Model, type ScoredImage, type Scorer } from "./model.ts";
export { decodeMetadata, encodeModelFile, encodeWithMetadata } from "./model-file.ts";
