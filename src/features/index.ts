export { type CoresetRequest, greedyCoreset } from "./coreset.ts";
export { type Covariance, type CovarianceRequest, patchCovariance } from "./covariance.ts";
export { featureGraph } from "./feature-graph.ts";
export type { FeaturePrecision, Level } from "./feature-record.ts";
export { FeatureStore } from "./feature-store.ts";
export type { FitRequest, Fitted, Head } from "./method.ts";
export { type PatchGrid, PatchRows, patchGrid, type RowsGraph } from "./patch-rows.ts";
export { principalComponents } from "./principal-components.ts";
export { removeState, STATE_FILES } from "./state-folder.ts";
