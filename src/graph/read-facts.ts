import { type Onnx, onnx } from "./onnx.ts";

/** What an ONNX file says besides its graph. */
export interface ModelFacts {
  /** Its `metadata_props`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Whether all of its tensors lie in the file itself; ONNX lets one name another file to be read in its place. */
  readonly selfContained: boolean;
  /** Names of the graph's inputs. */
  readonly inputs: readonly string[];
}

/** Reads a file that nobody vouches for. Throws whatever the protobuf decoder throws for bytes that are no such file. */
export function readModelFacts(bytes: Uint8Array): ModelFacts {
  const model = onnx.ModelProto.decode(bytes);
  return {
    metadata: Object.fromEntries(model.metadataProps.map(({ key, value }) => [key ?? "", value ?? ""])),
    selfContained: !pointsOutside(model),
    inputs: (model.graph?.input ?? []).map(({ name }) => name ?? ""),
  };
}

/** Looks at every message inside, since tensors occur in graphs, attributes, inner graphs and functions alike. */
function pointsOutside(model: object): boolean {
  const open: object[] = [model];
  for (let message = open.pop(); message !== undefined; message = open.pop()) {
    const { dataLocation, externalData } = message as Onnx.ITensorProto;
    if (dataLocation === onnx.TensorProto.DataLocation.EXTERNAL || externalData?.length) return true;
    for (const field of Object.values(message)) {
      for (const value of Array.isArray(field) ? field : [field]) {
        if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value)) open.push(value);
      }
    }
  }
  return false;
}
