/** Adds two numbers in the runtime and prints the sum. */
import { add, encodeModel, float32, Graph, nodeRuntime } from "../../src/graph/index.ts";

const graph = new Graph();
graph.output("sum", add(graph.input("x", "float32", []), graph.scalar(2)));
const session = await nodeRuntime({ threads: 1 }).open(encodeModel(graph));
const { sum } = await session.run({ x: float32([1], []) });
await session.close();
process.stdout.write(String(sum!.data[0]));
