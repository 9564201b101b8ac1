export { checkTestImages } from "./check-test-images.ts";
export { type EvaluateModelOptions, evaluateModel, type InspectedSample } from "./evaluate-model.ts";
export { type OpenModelOptions, openModel } from "./open-model.ts";
export {
  type SmallestDefect,
  type SmallestDefectOptions,
  smallestDefect,
} from "./smallest-defect/smallest-defect.ts";
export { type ContrastResult, type SizeResult, WANTED } from "./smallest-defect/summary.ts";
