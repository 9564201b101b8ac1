import { type Onnx, onnx, type Runtime, type Tensor } from "../graph/index.ts";
import { readConstants } from "./constants.ts";
import type { Network } from "./network.ts";

/** Tensors of fewer values stay as they are. */
const LEAST_VALUES = 256;

/** The exponent bits of half precision; all of them are set in infinities and NaN. */
const EXPONENT = 0x7c00;

/**
 * A model whose stored tensors are in half precision, each followed by a conversion to single precision, in which the model goes on to compute:
 * runtimes convert once, when they load it. Tensors with values beyond the range of half precision stay.
 */
export async function halfModel(network: Network, runtime: Runtime): Promise<Onnx.IModelProto> {
  const { graph, ...rest } = network.model;
  const { FLOAT, FLOAT16 } = onnx.TensorProto.DataType;
  const size = ({ dims }: Onnx.ITensorProto) =>
    dims!.reduce<number>((product, dim) => product * Number(dim), 1);
  const large = graph!.initializer!.filter((item) => item.dataType === FLOAT && size(item) >= LEAST_VALUES);
  const halves = await readConstants(network, new Set(large.map(({ name }) => name!)), "float16", runtime);
  const casts: Onnx.INodeProto[] = [];
  const initializer = graph!.initializer!.map((item) => {
    const half = halves.get(item.name!);
    if (half === undefined || !allFinite(half)) return item;
    const name = `${item.name}/half`;
    const { data, dims } = half;
    casts.push({
      opType: "Cast",
      name: `${name}/float`,
      input: [name],
      output: [item.name!],
      attribute: [{ name: "to", type: onnx.AttributeProto.AttributeType.INT, i: FLOAT }],
    });
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return { name, dataType: FLOAT16, dims: [...dims], rawData };
  });
  return { ...rest, graph: { ...graph, initializer, node: [...casts, ...graph!.node!] } };
}

function allFinite({ data }: Tensor): boolean {
  return (data as Uint16Array).every((bits) => (bits & EXPONENT) !== EXPONENT);
}
