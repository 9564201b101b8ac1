export {
  ABLATED_RECIPES,
  type AblatedRecipe,
  type Ablation,
  type AblationRequest,
  ablationVariants,
} from "./ablation-variants.ts";
export { LAYERS } from "./layers.ts";
export { type LearningCurveRequest, learningCurve } from "./learning-curve.ts";
export { SWEEPS, type SweepName } from "./sweeps.ts";
