import { type Onnx, onnx } from "../graph/index.ts";

const { DataType } = onnx.TensorProto;
const { INT } = onnx.AttributeProto.AttributeType;

/** Collects nodes and constants to be added to a model's graph, under names that begin with a prefix of their own. */
export class ModelWriter {
  readonly nodes: Onnx.INodeProto[] = [];
  readonly constants: Onnx.ITensorProto[] = [];
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Adds a node with whole numbers as attributes, and returns the name of its one output. */
  node(
    opType: string,
    input: string[],
    attributes: Readonly<Record<string, number>> = {},
    output = this.#name(opType),
  ): string {
    const attribute = Object.entries(attributes).map(([name, i]) => ({ name, type: INT, i }));
    this.nodes.push({
      opType,
      name: `${this.#prefix}:${opType}:${output}`,
      input,
      output: [output],
      attribute,
    });
    return output;
  }

  cast(input: string, type: "FLOAT" | "INT64"): string {
    return this.node("Cast", [input], { to: DataType[type] });
  }

  /** A float32 scalar. */
  float(value: number): string {
    return this.#store(DataType.FLOAT, [], Float32Array.of(value));
  }

  floats(values: readonly number[]): string {
    return this.#store(DataType.FLOAT, [values.length], Float32Array.from(values));
  }

  /** An int64 scalar. */
  integer(value: number): string {
    return this.#store(DataType.INT64, [], BigInt64Array.of(BigInt(value)));
  }

  #store(dataType: number, dims: number[], data: Float32Array | BigInt64Array): string {
    const name = this.#name("constant");
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.constants.push({ name, dims, dataType, rawData });
    return name;
  }

  #name(kind: string): string {
    return `${this.#prefix}:${kind}:${this.nodes.length + this.constants.length}`;
  }
}
