import type { Onnx, Tensor } from "../graph/index.ts";
import type { Activations } from "./activations.ts";
import { floatOf, IntegerWriter } from "./integer-writer.ts";
import { activationScale, correctedBiases, integerBiases, integerWeights } from "./integers.ts";
import type { Network } from "./network.ts";
import type { Plan } from "./plan.ts";
import { withoutUnread } from "./without-unread.ts";

/**
 * The network with the plan's tensors, weights and biases as integers, by ONNX's QuantizeLinear and DequantizeLinear: a tensor is rounded
 * where it is made, and the plan's readers are given the rounded values. A runtime that knows the pattern computes in integers; any
 * other gives nearly the same values in floats. Weights have a scale for each output channel, activations one for each tensor.
 */
export function integerNetwork(
  network: Network,
  { products, readers, tensors }: Plan,
  activations: ReadonlyMap<string, Activations>,
  constants: ReadonlyMap<string, Tensor>,
): Onnx.IModelProto {
  const writer = new IntegerWriter();
  const scaleOf = (name: string) => {
    const { low, high } = activations.get(name)!;
    return activationScale(low, high);
  };
  for (const node of network.nodes) {
    const [data, weight, bias] = node.input!;
    const input = node.input!.map((name) => (readers.has(node) && tensors.has(name) ? floatOf(name) : name));
    if (products.has(node)) {
      const { scale } = scaleOf(data!);
      const { dims, data: weights } = constants.get(weight!)! as Tensor & { data: Float32Array };
      const biases = bias ? (constants.get(bias)!.data as Float32Array) : undefined;
      const axis = node.opType === "Conv" ? 0 : 1;
      const integers = integerWeights(weights, dims, axis, biases, scale);
      // Named by the product, not by the weights: one that two products share has its own scales in each.
      const name = node.output![0]!;
      input[1] = writer.constant(`${name}/weight`, dims, integers.values, { ...integers, axis });
      if (biases !== undefined) {
        const { means } = activations.get(data!)!;
        const corrected = correctedBiases(biases, weights, integers, means, dims);
        const scales = integers.scales.map((own) => own * scale);
        const values = integerBiases(corrected, scales);
        input[2] = writer.constant(`${name}/bias`, [values.length], values, { scales, axis: 0 });
      }
    }
    writer.node.push({ ...node, input });
    for (const name of node.output!) if (tensors.has(name)) writer.round(name, scaleOf(name));
  }
  const { graph, ...rest } = network.model;
  const initializer = [...graph!.initializer!, ...writer.initializer];
  return withoutUnread({ ...rest, graph: { ...graph, node: writer.node, initializer } });
}
