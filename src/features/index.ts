export { featureGraph } from "./feature-graph.ts";
export type { FeaturePrecision, Level } from "./feature-record.ts";
export { FeatureStore } from "./feature-store.ts";
export type { FitRequest, Fitted, Head } from "./method.ts";
export { removeState, STATE_FILES } from "./state-folder.ts";
