import { add, maxPool, relu } from "../../graph/index.ts";
import type { Architecture } from "./architecture.ts";
import { type Conv, ConvNorms, type Layer } from "./conv-norms.ts";

export interface ResNetConfig {
  readonly name: string;
  readonly block: keyof typeof BLOCKS;
  /** Blocks in layer1, layer2, layer3, layer4. */
  readonly depths: readonly [number, number, number, number];
  /** Channels of the first convolution and of layer1's blocks; they double from layer to layer. 64 if left out. */
  readonly channels?: number;
  /** Factor on the channels within a bottleneck; 1 if left out. */
  readonly widening?: number;
}

/** What a block computes beside its shortcut. A bottleneck strides in its 3x3 convolution, as torchvision's does. */
const BLOCKS = {
  basic: (into: number, channels: number, stride: number): Conv[] => [
    { kernel: 3, into, out: channels, stride },
    { kernel: 3, into: channels, out: channels, stride: 1 },
  ],
  bottleneck: (into: number, channels: number, stride: number, widening: number): Conv[] => [
    { kernel: 1, into, out: channels * widening, stride: 1 },
    { kernel: 3, into: channels * widening, out: channels * widening, stride },
    { kernel: 1, into: channels * widening, out: channels * 4, stride: 1 },
  ],
};

const LAYERS = ["layer1", "layer2", "layer3", "layer4"];

/**
 * Residual networks (He et al., "Deep residual learning for image recognition", 2016; the wide ones: Zagoruyko and
 * Komodakis, "Wide residual networks", 2016) with torchvision's names of parameters. A tap is the output of a whole layer;
 * layer k has 2^(k - 1) times the channels of the first at a stride of 2^(k + 1).
 */
export function resnet(config: ResNetConfig): Architecture {
  const { name, block, depths, channels = 64, widening = 1 } = config;
  return {
    name,
    taps: LAYERS,
    defaultTaps: ["layer2", "layer3"],
    channelsOf: (tap) => BLOCKS[block](0, channels * 2 ** LAYERS.indexOf(tap), 1, widening).at(-1)!.out,
    multiple: 1,
    load(weights, taps) {
      const convs = new ConvNorms(weights);
      const stem = convs.read("conv1", "bn1", { kernel: 7, into: 3, out: channels, stride: 2 });
      const needed = LAYERS.slice(0, Math.max(...taps.map((tap) => LAYERS.indexOf(tap))) + 1);
      let into = channels;
      const layers = needed.map((layer, i) =>
        Array.from({ length: depths[i]! }, (_, j) => {
          const stride = i > 0 && j === 0 ? 2 : 1;
          const body = BLOCKS[block](into, channels * 2 ** i, stride, widening);
          into = body.at(-1)!.out;
          return residual(convs, `${layer}.${j}`, body, stride);
        }),
      );
      return {
        parameters: convs.parameters,
        build(image) {
          let x = maxPool(relu(stem(image)), 3, { stride: 2, padding: 1 });
          const outputs = layers.map((blocks) => {
            for (const block of blocks) x = block(x);
            return x;
          });
          return taps.map((tap) => outputs[LAYERS.indexOf(tap)]!);
        },
      };
    },
  };
}

/** relu(body(x) + shortcut(x)), with a relu after every convolution of the body but the last. */
function residual(convs: ConvNorms, name: string, body: readonly Conv[], stride: number): Layer {
  const layers = body.map((conv, i) => convs.read(`${name}.conv${i + 1}`, `${name}.bn${i + 1}`, conv));
  const { into } = body[0]!;
  const { out } = body.at(-1)!;
  // Where the body changes the shape, a convolution does so beside it.
  const shortcut: Layer =
    stride === 1 && into === out
      ? (x) => x
      : convs.read(`${name}.downsample.0`, `${name}.downsample.1`, { kernel: 1, into, out, stride });
  return (x) => {
    const y = layers.reduce((y, layer, i) => layer(i === 0 ? y : relu(y)), x);
    return relu(add(y, shortcut(x)));
  };
}

/** Those that torchvision has weights for and that are used for finding defects. */
export const RESNET_CONFIGS: readonly ResNetConfig[] = [
  { name: "wide_resnet50_2", block: "bottleneck", depths: [3, 4, 6, 3], widening: 2 },
  { name: "resnet18", block: "basic", depths: [2, 2, 2, 2] },
  { name: "resnet34", block: "basic", depths: [3, 4, 6, 3] },
  { name: "resnet50", block: "bottleneck", depths: [3, 4, 6, 3] },
  { name: "resnet101", block: "bottleneck", depths: [3, 4, 23, 3] },
  { name: "wide_resnet101_2", block: "bottleneck", depths: [3, 4, 23, 3], widening: 2 },
];

export const RESNETS: readonly Architecture[] = RESNET_CONFIGS.map(resnet);
