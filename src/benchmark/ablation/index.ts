export { type Ablation, type AblationRequest, ablationVariants } from "./ablation-variants.ts";
export { LAYERS } from "./layers.ts";
export { type LearningCurveRequest, learningCurve } from "./learning-curve.ts";
export { ABLATED_RECIPES, type AblatedRecipe, checkSweeps, type SweepName, sweepNames } from "./sweeps.ts";
