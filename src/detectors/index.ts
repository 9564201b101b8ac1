export { type Split, splitHoldout } from "./split.ts";
export { type TrainRequest, type TrainResult, train } from "./train.ts";
