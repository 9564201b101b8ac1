import type { Value } from "../graph.ts";
import { invalid, sameShape, sameType, staticShape } from "../shape.ts";
import type { Dimension } from "../tensor.ts";
import { reduceSum } from "./reduce.ts";
import { reshape, transpose } from "./reshape.ts";
import { slice } from "./slice.ts";

export interface ConvOptions {
  /** Same stride for both axes; 1 if left out. */
  readonly stride?: number;
  /** Zeros around the input: [top, left, bottom, right], or one number for all; 0 if left out. */
  readonly padding?: number | readonly [number, number, number, number];
  /** Same dilation for both axes; 1 if left out. */
  readonly dilation?: number;
  /** Channel groups; the number of channels makes the convolution depthwise. */
  readonly groups?: number;
}

/**
 * 2-D cross-correlation: x [N, C, H, W], weight [O, C / groups, kh, kw], bias [O] -> [N, O, H', W'].
 * Gradients need static shapes.
 */
export function conv2d(x: Value, weight: Value, bias?: Value, options: ConvOptions = {}): Value {
  const { stride = 1, dilation = 1, groups = 1 } = options;
  const pads = padding(options.padding);
  if (weight.rank !== 4) throw invalid("weight of Conv", "[O, C / groups, kh, kw]", weight.shape);
  const [out, perGroup, kh, kw] = staticShape(weight, "weight of Conv") as [number, number, number, number];
  if (bias !== undefined && !sameShape(bias.shape, [out])) {
    throw invalid("bias of Conv", `a vector of ${out}`, bias.shape);
  }
  sameType(bias === undefined ? [x, weight] : [x, weight, bias], "Conv");
  if (x.rank !== 4 || x.shape[1] !== perGroup * groups || out % groups !== 0) {
    throw invalid(
      "inputs of Conv",
      `[N, ${perGroup * groups}, H, W] for the weight [${weight.shape}]`,
      x.shape,
    );
  }
  const reach = (kernel: number) => dilation * (kernel - 1) + 1;
  const size = (dim: Dimension, kernel: number, before: number, after: number): Dimension =>
    typeof dim === "string"
      ? `conv(${dim},${kernel},${stride},${before + after})`
      : Math.floor((dim + before + after - reach(kernel)) / stride) + 1;
  const shape = [
    x.shape[0]!,
    out,
    size(x.shape[2]!, kh, pads[0], pads[2]),
    size(x.shape[3]!, kw, pads[1], pads[3]),
  ];
  if (shape.some((dim) => typeof dim === "number" && dim < 1)) {
    throw invalid("input of Conv", `an image that a ${kh}x${kw} kernel fits into`, x.shape);
  }
  const attributes = {
    kernel_shape: [kh, kw],
    strides: [stride, stride],
    pads,
    dilations: [dilation, dilation],
    group: groups,
  };
  return x.graph.apply({
    operator: "Conv",
    inputs: bias === undefined ? [x, weight] : [x, weight, bias],
    attributes,
    output: { dtype: x.dtype, shape },
    gradient: ([dy]) => [
      inputGradient(dy!, x, weight, attributes),
      weightGradient(dy!, x, weight, { stride, pads, dilation, groups }),
      bias && reduceSum(dy!, [0, 2, 3], false),
    ],
  });
}

function padding(value: ConvOptions["padding"] = 0): readonly [number, number, number, number] {
  return typeof value === "number" ? [value, value, value, value] : value;
}

/** The transposed convolution, padded out to the input's size where the stride left a remainder. */
function inputGradient(
  dy: Value,
  x: Value,
  weight: Value,
  attributes: Record<"kernel_shape" | "strides" | "dilations" | "pads", readonly number[]> & {
    group: number;
  },
): Value {
  const shape = staticShape(x, "gradient of Conv");
  const rest = [0, 1].map((i) => {
    const reach = attributes.dilations[i]! * (attributes.kernel_shape[i]! - 1) + 1;
    const covered = attributes.strides[i]! * ((dy.shape[2 + i] as number) - 1) + reach;
    return shape[2 + i]! - (covered - attributes.pads[i]! - attributes.pads[2 + i]!);
  });
  return x.graph.apply({
    operator: "ConvTranspose",
    inputs: [dy, weight],
    attributes: { ...attributes, output_padding: rest },
    output: { dtype: x.dtype, shape },
  });
}

/**
 * dW[o, c, i, j] = sum over n, h, w of x[n, c, h + i, w + j] dy[n, o, h, w]: a convolution over the images whose kernel
 * is dy, with the roles of batch and channels exchanged and of stride and dilation too.
 */
function weightGradient(
  dy: Value,
  x: Value,
  weight: Value,
  geometry: {
    stride: number;
    pads: readonly [number, number, number, number];
    dilation: number;
    groups: number;
  },
): Value {
  const { stride, pads, dilation, groups } = geometry;
  const [n, channels, h, w] = staticShape(x, "gradient of Conv") as [number, number, number, number];
  const [, perGroup, kh, kw] = weight.shape as [number, number, number, number];
  const split = transpose(reshape(x, [n, groups, channels / groups, h, w]), [2, 1, 0, 3, 4]);
  const images = reshape(split, [perGroup, groups * n, h, w]);
  const full = conv2d(images, transpose(dy, [1, 0, 2, 3]), undefined, {
    stride: dilation,
    dilation: stride,
    padding: pads,
    groups,
  });
  return transpose(slice(slice(full, 2, 0, kh), 3, 0, kw), [1, 0, 2, 3]);
}
