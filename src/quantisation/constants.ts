import { type DataType, ONNX_TYPE, type Onnx, onnx, type Runtime, type Tensor } from "../graph/index.ts";
import type { Network } from "./network.ts";

/**
 * The values of constant tensors of a network as elements of `dtype`. The runtime computes them, so it does not matter how the file stores
 * them; it rounds to the nearest, half to even.
 */
export async function readConstants(
  network: Network,
  names: ReadonlySet<string>,
  dtype: DataType,
  runtime: Runtime,
): Promise<Map<string, Tensor>> {
  if (names.size === 0) return new Map();
  const { graph, ...rest } = network.model;
  const node: Onnx.INodeProto[] = graph!.node!.filter(({ output }) =>
    output!.every((name) => network.isConstant(name)),
  );
  const elemType = ONNX_TYPE[dtype];
  const to = { name: "to", type: onnx.AttributeProto.AttributeType.INT, i: elemType };
  const output = [...names].map((name, i) => {
    node.push({ opType: "Cast", input: [name], output: [`constant ${i}`], attribute: [to] });
    return { name: `constant ${i}`, type: { tensorType: { elemType } } };
  });
  const model = onnx.ModelProto.encode({ ...rest, graph: { ...graph, node, input: [], output } }).finish();
  const session = await runtime.open(model);
  try {
    const results = await session.run({});
    return new Map([...names].map((name, i) => [name, results[`constant ${i}`]!]));
  } finally {
    await session.close();
  }
}
