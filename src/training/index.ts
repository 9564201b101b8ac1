export { type FeatureGraph, featureGraph } from "./feature-graph.ts";
export type { FeaturePrecision } from "./feature-record.ts";
export { FeatureStore } from "./feature-store.ts";
export type { LossPoint } from "./loss-log.ts";
export { checkRecipe, RECIPES, type Recipe, type RecipeName, recipe, recipeSchema } from "./recipe.ts";
export { removeState } from "./state-folder.ts";
export { type StepGraph, type StepGraphRequest, stepGraph } from "./step-graph.ts";
export { stepCount } from "./step-inputs.ts";
export { runTraining, type Trained, type TrainingRequest } from "./trainer.ts";
