export { calibrate } from "./calibrate.ts";
export { type InspectionGraphRequest, inspectionGraph } from "./inspection-graph.ts";
export { MODEL_FORMAT, type ModelMetadata, type Thresholds } from "./metadata.ts";
export { GraphScorer, Model, type ScoredImage, type Scorer } from "./model.ts";
export { decodeMetadata, encodeModelFile } from "./model-file.ts";
export { openModel } from "./open-model.ts";
