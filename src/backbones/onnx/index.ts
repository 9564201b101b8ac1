export { checkOnnx, computedTensors, openOnnx, readPart } from "./open-onnx.ts";
