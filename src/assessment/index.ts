export { checkTestImages } from "./check-test-images.ts";
export { type EvaluateModelOptions, evaluateModel, type InspectedSample } from "./evaluate-model.ts";
export { type OpenModelOptions, openModel } from "./open-model.ts";
