import { encodeModel, Graph, nodeRuntime, onnx, type Tensor, type Tensors } from "../../graph/index.ts";
import type { Architecture } from "../architectures/architecture.ts";
import type { Weights } from "../weights/weights.ts";

/** The whole of an architecture's taps, under their names. */
export function graphOf(architecture: Architecture, weights: Weights, dims: readonly number[]): Graph {
  const graph = new Graph();
  const image = graph.input("image", "float32", dims);
  const taps = architecture.load(weights, architecture.taps).build(image);
  for (const [i, tap] of taps.entries()) graph.output(architecture.taps[i]!, tap);
  return graph;
}

export interface FedNetwork {
  /** The taps that the network gives with these weights. */
  run(weights: Weights): Promise<Tensors>;
  close(): Promise<void>;
}

/**
 * An architecture in a session that takes the weights as inputs, so that many sets of them can be tried: a session each
 * would cost far more time, and memory that the runtime gives back late.
 */
export async function openFed(
  architecture: Architecture,
  weights: Weights,
  image: Tensor,
): Promise<FedNetwork> {
  const graph = graphOf(architecture, weights, image.dims);
  const session = await nodeRuntime({ threads: 1 }).open(constantsAsInputs(encodeModel(graph)));
  return {
    run: (weights) => session.run({ image, ...constants(graphOf(architecture, weights, image.dims)) }),
    close: () => session.close(),
  };
}

/** By the names that their order in the graph gives them, whatever their values. */
function constants(graph: Graph): Tensors {
  const values = graph.nodes.flatMap(({ inputs }) => inputs.filter((value) => value?.constant !== undefined));
  return Object.fromEntries(values.map((value) => [value!.name, value!.constant!]));
}

function constantsAsInputs(bytes: Uint8Array): Uint8Array {
  const model = onnx.ModelProto.decode(bytes);
  const graph = model.graph!;
  for (const { name, dims, dataType } of graph.initializer!) {
    const dim = dims!.map((dimValue) => ({ dimValue }));
    graph.input!.push({ name: name!, type: { tensorType: { elemType: dataType!, shape: { dim } } } });
  }
  graph.initializer = [];
  return onnx.ModelProto.encode(model).finish();
}
