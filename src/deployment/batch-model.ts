import { type Onnx, onnx } from "../graph/index.ts";
import { BATCH_INPUT } from "../model/index.ts";

/** Comes before the names that one image's graph and the batch's would otherwise share. */
const EACH = "each:";

/**
 * A model of images of one size together: `images` uint8 [batch, height, width, 3] in, and each output of the model given with `batch`
 * before its other axes. The model's own graph is the body of an ONNX Scan, so that an image gives exactly what it gives alone.
 */
export function batchModel(bytes: Uint8Array): Uint8Array {
  const model = onnx.ModelProto.decode(bytes);
  const graph = model.graph!;
  const input = graph.input![0]!;
  const outputs = graph.output!;
  const own = new Set([input, ...outputs].map(({ name }) => name!));
  const inside = (name: string) => (own.has(name) ? `${EACH}${name}` : name);
  const body: Onnx.IGraphProto = {
    ...graph,
    name: "image",
    node: graph.node!.map((node) => ({
      ...node,
      input: node.input!.map(inside),
      output: node.output!.map(inside),
    })),
    input: [{ ...input, name: inside(input.name!) }],
    output: outputs.map((output) => ({ ...output, name: inside(output.name!) })),
    valueInfo: [],
  };
  const { GRAPH, INT } = onnx.AttributeProto.AttributeType;
  const scan: Onnx.INodeProto = {
    opType: "Scan",
    name: "batch",
    input: [BATCH_INPUT],
    output: outputs.map(({ name }) => name!),
    attribute: [
      { name: "body", type: GRAPH, g: body },
      { name: "num_scan_inputs", type: INT, i: 1 },
    ],
  };
  const batch: Onnx.IGraphProto = {
    name: graph.name!,
    node: [scan],
    input: [batched({ ...input, name: BATCH_INPUT })],
    output: outputs.map(batched),
  };
  return onnx.ModelProto.encode({ ...model, graph: batch }).finish();
}

function batched({ name = null, type }: Onnx.IValueInfoProto): Onnx.IValueInfoProto {
  const { elemType, shape } = type!.tensorType!;
  const dim = [{ dimParam: "batch" }, ...shape!.dim!];
  return { name, type: { tensorType: { elemType: elemType!, shape: { dim } } } };
}
