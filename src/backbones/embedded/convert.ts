import { RsadError } from "../../errors.ts";
import { BUILTIN, TENSOR_TYPE, type TfliteModel, type TfliteOperator } from "../tflite/index.ts";
import type { HalfTensor, Layer, Network } from "./network.ts";
import { depthwiseToOihw, ohwiToOihw } from "./weight-layout.ts";

// Field ids of the options tables and enumerations: tensorflow/lite/schema/schema.fbs.
const CONV_OPTIONS = { padding: 0, stride_w: 1, stride_h: 2, activation: 3, dilation_w: 4, dilation_h: 5 };
const DEPTHWISE_OPTIONS = {
  ...CONV_OPTIONS,
  depth_multiplier: 3,
  activation: 4,
  dilation_w: 5,
  dilation_h: 6,
};
const ADD_OPTIONS = { activation: 0 };
const PADDING_SAME = 0;
const ACTIVATION_NONE = 0;
const ACTIVATION_RELU6 = 3;

/**
 * Rebuilds the part of a TFLite network that the tensors named in `taps` need (by a prefix of their names) and nothing
 * behind it. Understands what a MobileNetV2 with folded batch norm and float16 weights consists of. Throws
 * RSAD_BACKBONE_INVALID for anything else.
 */
export function convert(model: TfliteModel, taps: readonly string[]): Network {
  const producers = new Map(
    model.operators.flatMap((operator) => operator.outputs.map((id) => [id, operator])),
  );
  const layers: Layer[] = [];
  const values = new Map<number, number>([[model.inputs[0] ?? -1, 0]]);

  // Depth is bounded by the length of the operator list; a cycle would meet `pending`.
  const pending = new Set<number>();
  const numberOf = (tensor: number): number => {
    const known = values.get(tensor);
    if (known !== undefined) return known;
    const producer = producers.get(tensor);
    if (producer === undefined || pending.has(tensor)) {
      throw unsupported("a tensor computed from the image", model.tensors[tensor]?.name ?? tensor);
    }
    pending.add(tensor);
    layers.push(toLayer(model, producers, producer, numberOf));
    values.set(tensor, layers.length);
    return layers.length;
  };

  const found = taps.map((prefix) => {
    const tensor = model.tensors.findIndex((candidate) => candidate.name.startsWith(`${prefix};`));
    if (tensor < 0) throw unsupported(`a tensor named ${prefix}`, "none");
    return { name: prefix, value: numberOf(tensor) };
  });
  return { layers, taps: found };
}

function toLayer(
  model: TfliteModel,
  producers: ReadonlyMap<number, TfliteOperator>,
  operator: TfliteOperator,
  numberOf: (tensor: number) => number,
): Layer {
  const [first = -1, second = -1, third = -1] = operator.inputs;
  if (operator.builtin === BUILTIN.ADD) {
    if (operator.options?.uint8(ADD_OPTIONS.activation))
      throw unsupported("an addition alone", "an activation");
    return { kind: "add", inputs: [numberOf(first), numberOf(second)] };
  }
  const depthwise = operator.builtin === BUILTIN.DEPTHWISE_CONV_2D;
  if (!depthwise && operator.builtin !== BUILTIN.CONV_2D) {
    throw unsupported("a convolution or an addition", `operator ${operator.builtin}`);
  }
  const constant = (tensor: number) => halfConstant(model, producers, tensor);
  const weight = (depthwise ? depthwiseToOihw : ohwiToOihw)(constant(second));
  return {
    kind: "conv",
    input: numberOf(first),
    weight,
    bias: constant(third),
    groups: depthwise ? weight.dims[0]! : 1,
    ...geometry(operator, depthwise),
  };
}

function geometry(operator: TfliteOperator, depthwise: boolean): { stride: number; relu6: boolean } {
  const { options } = operator;
  const ids = depthwise ? DEPTHWISE_OPTIONS : CONV_OPTIONS;
  const stride = options?.int32(ids.stride_h) ?? 0;
  const activation = options?.uint8(ids.activation);
  const plain =
    options?.uint8(ids.padding) === PADDING_SAME &&
    stride >= 1 &&
    options.int32(ids.stride_w) === stride &&
    options.int32(ids.dilation_w, 1) === 1 &&
    options.int32(ids.dilation_h, 1) === 1 &&
    (!depthwise || options.int32(DEPTHWISE_OPTIONS.depth_multiplier) === 1);
  if (!plain) throw unsupported("a SAME convolution without dilation, of one stride", "another one");
  if (activation !== ACTIVATION_NONE && activation !== ACTIVATION_RELU6) {
    throw unsupported("no activation or ReLU6", `activation ${activation}`);
  }
  return { stride, relu6: activation === ACTIVATION_RELU6 };
}

/** The float16 constant behind a DEQUANTIZE node. */
function halfConstant(
  model: TfliteModel,
  producers: ReadonlyMap<number, TfliteOperator>,
  tensor: number,
): HalfTensor {
  const producer = producers.get(tensor);
  const source =
    producer?.builtin === BUILTIN.DEQUANTIZE ? model.tensors[producer.inputs[0] ?? -1] : undefined;
  const count = source?.shape.reduce((product, dim) => product * dim, 1);
  if (
    source?.data === undefined ||
    source.type !== TENSOR_TYPE.FLOAT16 ||
    source.data.length !== 2 * count!
  ) {
    throw unsupported("float16 weights", model.tensors[tensor]?.name ?? tensor);
  }
  return { dims: source.shape, bits: new Uint16Array(new Uint8Array(source.data).buffer) };
}

function unsupported(expected: string, received: string | number): RsadError {
  return new RsadError("RSAD_BACKBONE_INVALID", {
    subject: "the embedded TFLite network",
    expected,
    received,
    hint: "The file is not the one this version was made for; install the package that holds it again.",
  });
}
