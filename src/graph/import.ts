import type { Graph, Value } from "./graph.ts";
import type { Onnx } from "./onnx.ts";
import type { TensorType } from "./tensor.ts";

/** Nodes cut out of another ONNX model, in an order in which they can run, with the constants they need. */
export interface ModelPart {
  readonly nodes: readonly Onnx.INodeProto[];
  readonly initializers: readonly Onnx.ITensorProto[];
  /** Names of the tensors that come from outside. */
  readonly inputs: readonly string[];
  /** Names of the tensors that are wanted; each is the output of one of the nodes. */
  readonly outputs: readonly string[];
}

/**
 * Embeds part of another model: one node of the graph, in whose place the part's nodes and constants stand, untouched but
 * for their names, when the graph is encoded. It has no gradient. The nodes must mean under {@link OPSET} what they meant
 * in their own model. `inputs` and `types` follow the order of the part's inputs and outputs.
 */
export function importPart(
  graph: Graph,
  part: ModelPart,
  inputs: readonly Value[],
  types: readonly TensorType[],
): readonly Value[] {
  return graph.add({
    operator: "Imported",
    inputs,
    outputs: types,
    imported: {
      encode: (prefix, inputNames, outputNames) => {
        const outer = new Map<string, string>();
        for (const [i, name] of part.inputs.entries()) outer.set(name, inputNames[i]!);
        for (const [i, name] of part.outputs.entries()) outer.set(name, outputNames[i]!);
        // The empty name stands for an optional tensor that is left out.
        const rename = (name: string) => (name === "" ? "" : (outer.get(name) ?? `${prefix}/${name}`));
        return {
          node: part.nodes.map((node, i) => ({
            ...node,
            name: `${prefix}/${node.name || i}`,
            input: node.input?.map(rename) ?? [],
            output: node.output?.map(rename) ?? [],
          })),
          initializer: part.initializers.map((tensor) => ({ ...tensor, name: rename(tensor.name ?? "") })),
        };
      },
    },
  });
}
