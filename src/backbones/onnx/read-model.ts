import { type Onnx, onnx } from "../../graph/index.ts";
import { invalidFile } from "./invalid-file.ts";

export interface OnnxModel {
  readonly graph: Onnx.IGraphProto;
  /** Version of the standard operators that the file's nodes are written for. */
  readonly opset: number;
}

/** Decodes an ONNX file. Nothing in it is trusted: throws RSAD_BACKBONE_INVALID for bytes that are no ONNX model. */
export function readModel(bytes: Uint8Array, file: string): OnnxModel {
  const model = decode(bytes, file);
  const { graph } = model;
  // Ten other formats decode as a protobuf message without complaint, just with nothing in it.
  if (!graph?.node?.length || !graph.input || !graph.initializer) {
    throw invalidFile(file, "an ONNX model with a graph of nodes", "a file without one");
  }
  const standard = model.opsetImport?.find(({ domain }) => isStandard(domain));
  if (standard === undefined) throw invalidFile(file, "the standard ONNX operators", "a model without them");
  return { graph, opset: Number(standard.version) };
}

/** Whether a domain is that of the standard operators, which has two spellings. */
export function isStandard(domain: string | null | undefined): boolean {
  return !domain || domain === "ai.onnx";
}

function decode(bytes: Uint8Array, file: string): Onnx.IModelProto {
  try {
    return onnx.ModelProto.decode(bytes);
  } catch (cause) {
    throw invalidFile(file, "an ONNX model", "a file that cannot be decoded: damaged or not ONNX", cause);
  }
}
