export { featureGraph } from "./feature-graph.ts";
export type { FeaturePrecision } from "./feature-record.ts";
export { FeatureStore } from "./feature-store.ts";
export type { LossPoint } from "./loss-log.ts";
export { type Recipe, type RecipeName, recipe, recipeSchema } from "./recipe.ts";
export { removeState } from "./state-folder.ts";
export { stepGraph } from "./step-graph.ts";
export { stepCount } from "./step-inputs.ts";
export { runTraining } from "./trainer.ts";
