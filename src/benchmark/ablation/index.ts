export { type Ablation, ablationVariants } from "./ablation-variants.ts";
export { LAYERS } from "./layers.ts";
export { learningCurve } from "./learning-curve.ts";
export { ABLATED_RECIPES, type AblatedRecipe, checkSweeps, type SweepName, sweepNames } from "./sweeps.ts";
