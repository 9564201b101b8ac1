import { encodeModel, Graph, nodeRuntime, type Tensors, type Value } from "../index.ts";

/** Builds a graph, runs it once with `feeds`, and returns its outputs: the values that `build` returns, by name. */
export async function runGraph<Name extends string>(
  build: (graph: Graph) => Record<Name, Value>,
  feeds: Tensors = {},
): Promise<Record<Name, { dims: readonly number[]; data: number[] }>> {
  const graph = new Graph();
  for (const [name, value] of Object.entries<Value>(build(graph))) graph.output(name, value);
  const session = await nodeRuntime({ threads: 1 }).open(encodeModel(graph));
  try {
    const results = await session.run(feeds);
    const entries = Object.entries(results).map(([name, { dims, data }]) => [
      name,
      { dims, data: Array.from<number | bigint, number>(data, Number) },
    ]);
    return Object.fromEntries(entries);
  } finally {
    await session.close();
  }
}
