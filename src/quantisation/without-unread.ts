import type { Onnx } from "../graph/index.ts";

/** A model without the nodes and stored tensors that no output needs. */
export function withoutUnread(model: Onnx.IModelProto): Onnx.IModelProto {
  const graph = model.graph!;
  const read = new Set(graph.output!.map(({ name }) => name!));
  const node: Onnx.INodeProto[] = [];
  // Nodes stand in an order in which they can run: whoever reads a result comes after it.
  for (const item of [...graph.node!].reverse()) {
    if (!item.output!.some((name) => read.has(name))) continue;
    for (const name of item.input!) read.add(name);
    node.push(item);
  }
  const initializer = graph.initializer!.filter(({ name }) => read.has(name!));
  return { ...model, graph: { ...graph, node: node.reverse(), initializer } };
}
