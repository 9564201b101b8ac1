export { type EncodeOptions, encodeModel, OPSET } from "./encode.ts";
export { gradients } from "./gradient.ts";
export { type Attributes, Float, Graph, type NodeGradient, Value } from "./graph.ts";
export { importPart, type ModelPart } from "./import.ts";
export { type Onnx, onnx } from "./onnx.ts";
export * from "./ops/index.ts";
export type { Runtime, Session, Tensors } from "./runtime.ts";
export { type NodeRuntimeOptions, nodeRuntime } from "./runtime-node.ts";
export * from "./tensor.ts";
