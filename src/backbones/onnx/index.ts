export { openOnnx, readPart } from "./open-onnx.ts";
