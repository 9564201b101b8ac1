import { add, cast, conv2d, type Value } from "../../graph/index.ts";
import type { ConvLayer, HalfTensor, Network } from "./network.ts";
import { samePadding } from "./same-padding.ts";

/**
 * Appends the network to the graph of `image`, float32 [N, 3, H, W] with static H and W, already normalised. The weights
 * stay float16 in the graph, half the size, each behind a Cast that the runtime folds away when it loads the model.
 */
export function buildNetwork(network: Network, image: Value): Value[] {
  const values = [image];
  for (const layer of network.layers) {
    values.push(
      layer.kind === "add"
        ? add(values[layer.inputs[0]]!, values[layer.inputs[1]]!)
        : convolution(values[layer.input]!, layer),
    );
  }
  return network.taps.map((tap) => values[tap.value]!);
}

function convolution(x: Value, layer: ConvLayer): Value {
  const [, , kernelHeight = 1, kernelWidth = 1] = layer.weight.dims;
  const [top, bottom] = samePadding(x.shape[2] as number, kernelHeight, layer.stride);
  const [left, right] = samePadding(x.shape[3] as number, kernelWidth, layer.stride);
  const y = conv2d(x, single(x, layer.weight), single(x, layer.bias), {
    stride: layer.stride,
    groups: layer.groups,
    padding: [top, left, bottom, right],
  });
  return layer.relu6 ? relu6(y) : y;
}

function single(x: Value, { dims, bits }: HalfTensor): Value {
  return cast(x.graph.constant({ dtype: "float16", dims, data: bits }), "float32");
}

/** One Clip node, which the runtime fuses into the convolution before it. */
function relu6(x: Value): Value {
  const { graph, dtype, shape } = x;
  return graph.apply({
    operator: "Clip",
    inputs: [x, graph.scalar(0), graph.scalar(6)],
    output: { dtype, shape },
  });
}
