import { type Onnx, onnx, type Runtime } from "../graph/index.ts";
import type { Image } from "../images/index.ts";
import type { Network } from "./network.ts";

/** What a tensor's values are like. */
export interface Activations {
  readonly low: number;
  readonly high: number;
  /** The mean of each channel, for tensors [N, C, H, W]. */
  readonly means: Float64Array;
}

const REDUCTIONS = { low: "ReduceMin", high: "ReduceMax", means: "ReduceMean" } as const;

/** Measures the named tensors over images, one pass. */
export async function measureActivations(
  network: Network,
  names: ReadonlySet<string>,
  images: AsyncIterable<Image>,
  runtime: Runtime,
): Promise<Map<string, Activations>> {
  const session = await runtime.open(withReductions(network, names));
  const sums = new Map<string, { low: number; high: number; means: Float64Array }>();
  let count = 0;
  try {
    for await (const { width, height, data } of images) {
      count += 1;
      const results = await session.run({ image: { dtype: "uint8", dims: [height, width, 3], data } });
      for (const name of names) {
        const values = (which: keyof typeof REDUCTIONS) => results[`${which} ${name}`]!.data as Float32Array;
        const means = values("means");
        const sum = sums.get(name) ?? {
          low: Infinity,
          high: -Infinity,
          means: new Float64Array(means.length),
        };
        sum.low = Math.min(sum.low, values("low")[0]!);
        sum.high = Math.max(sum.high, values("high")[0]!);
        for (let c = 0; c < means.length; c++) sum.means[c]! += means[c]!;
        sums.set(name, sum);
      }
    }
  } finally {
    await session.close();
  }
  for (const { means } of sums.values()) for (let c = 0; c < means.length; c++) means[c]! /= count;
  return sums;
}

/** The same model with extrema and means of the tensors as its outputs, in place of its own. */
function withReductions({ model }: Network, names: ReadonlySet<string>): Uint8Array {
  const { graph, ...rest } = model;
  const { INT } = onnx.AttributeProto.AttributeType;
  const node: Onnx.INodeProto[] = [...graph!.node!];
  const output: Onnx.IValueInfoProto[] = [];
  const spatial = { name: "spatial axes", dataType: onnx.TensorProto.DataType.INT64, dims: [2] };
  const axes = { ...spatial, rawData: new Uint8Array(BigInt64Array.of(-2n, -1n).buffer) };
  for (const name of names) {
    for (const [which, opType] of Object.entries(REDUCTIONS)) {
      const result = `${which} ${name}`;
      const input = which === "means" ? [name, spatial.name] : [name];
      node.push({ opType, input, output: [result], attribute: [{ name: "keepdims", type: INT, i: 0 }] });
      output.push({ name: result, type: { tensorType: { elemType: onnx.TensorProto.DataType.FLOAT } } });
    }
  }
  const initializer = [...graph!.initializer!, axes];
  return onnx.ModelProto.encode({ ...rest, graph: { ...graph, node, initializer, output } }).finish();
}
