import type { Onnx, Runtime } from "../graph/index.ts";
import type { Image } from "../images/index.ts";
import { measureActivations } from "./activations.ts";
import { readConstants } from "./constants.ts";
import { integerNetwork } from "./integer-network.ts";
import type { Network } from "./network.ts";
import { planIntegers } from "./plan.ts";

/**
 * A model that computes most of its products in 8-bit integers, with the ranges of activations that the images show. Ranges are the whole of what
 * was seen: a defect is what exceeds them, and cutting their tails off destroys the scores.
 */
export async function integerModel(
  network: Network,
  images: AsyncIterable<Image>,
  runtime: Runtime,
): Promise<Onnx.IModelProto | undefined> {
  const products = network.nodes.filter(({ opType }) => opType === "Conv" || opType === "MatMul");
  const names = products.flatMap(({ input }) => input!.slice(1)).filter((name) => network.isConstant(name));
  const constants = await readConstants(network, new Set(names), "float32", runtime);
  const plan = planIntegers(network, new Map([...constants].map(([name, { dims }]) => [name, dims])));
  if (plan.products.size === 0) return undefined;
  const activations = await measureActivations(network, plan.tensors, images, runtime);
  return integerNetwork(network, plan, activations, constants);
}
