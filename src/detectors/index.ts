export { type TrainRequest, type TrainResult, train } from "./train.ts";
