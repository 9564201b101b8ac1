import { type Onnx, onnx } from "../graph/index.ts";
import type { ActivationScale } from "./integers.ts";

const { DataType } = onnx.TensorProto;

/** What integers of a kind stand for: real = scale * (integer - zero), one scale for each index along an axis. */
interface Channels {
  readonly scales: Float32Array;
  readonly axis: number;
}

/** Collects nodes and stored tensors of a graph that is being rewritten. */
export class IntegerWriter {
  readonly node: Onnx.INodeProto[] = [];
  readonly initializer: Onnx.ITensorProto[] = [];

  /** Rounds a tensor to integers and back; {@link floatOf} names the result. */
  round(name: string, { scale, zero }: ActivationScale): void {
    const integers = `${name}/integers`;
    const parameters = [
      this.#store(`${name}/scale`, DataType.FLOAT, [], Float32Array.of(scale)),
      this.#store(`${name}/zero`, DataType.UINT8, [], Uint8Array.of(zero)),
    ];
    this.node.push({
      opType: "QuantizeLinear",
      name: integers,
      input: [name, ...parameters],
      output: [integers],
    });
    this.#dequantise(name, integers, parameters);
  }

  /** Stores integers and returns the name of what they stand for. */
  constant(
    name: string,
    dims: readonly number[],
    data: Int8Array | Int32Array,
    { scales, axis }: Channels,
  ): string {
    const type = data instanceof Int8Array ? DataType.INT8 : DataType.INT32;
    const zeros = data instanceof Int8Array ? new Int8Array(scales.length) : new Int32Array(scales.length);
    const integers = this.#store(`${name}/integers`, type, dims, data);
    const parameters = [
      this.#store(`${name}/scale`, DataType.FLOAT, [scales.length], scales),
      this.#store(`${name}/zero`, type, [scales.length], zeros),
    ];
    return this.#dequantise(name, integers, parameters, axis);
  }

  #dequantise(name: string, integers: string, parameters: readonly string[], axis?: number): string {
    const output = floatOf(name);
    const { INT } = onnx.AttributeProto.AttributeType;
    this.node.push({
      opType: "DequantizeLinear",
      name: output,
      input: [integers, ...parameters],
      output: [output],
      attribute: axis === undefined ? [] : [{ name: "axis", type: INT, i: axis }],
    });
    return output;
  }

  #store(name: string, dataType: number, dims: readonly number[], data: ArrayBufferView): string {
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.initializer.push({ name, dataType, dims: [...dims], rawData });
    return name;
  }
}

/** The name of a tensor's rounded values. */
export function floatOf(name: string): string {
  return `${name}/float`;
}
