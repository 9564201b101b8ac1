import onnxProto from "onnx-proto";

/** The ONNX protobuf messages. The package is CommonJS, so its names are reached through the default export. */
export const { onnx } = onnxProto;
export type { onnx as Onnx } from "onnx-proto";
