export { ABLATED_RECIPES, type AblatedRecipe, type Ablation, ablationVariants } from "./ablation-variants.ts";
export { LAYERS } from "./layers.ts";
export { learningCurve } from "./learning-curve.ts";
export { SWEEP_NAMES, type SweepName } from "./sweeps.ts";
