export { inspectionGraph } from "./inspection-graph.ts";
export { MIN_IMAGES, splitHoldout } from "./split.ts";
export { type ModelSnapshots, type TrainRequest, type TrainResult, train } from "./train.ts";
