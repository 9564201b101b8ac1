export { computedTensors, openOnnx, readPart } from "./open-onnx.ts";
