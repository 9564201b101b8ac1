import type { Onnx } from "./onnx.ts";
import { invalid } from "./shape.ts";
import {
  type DataType,
  elementCount,
  float32,
  int64,
  type Shape,
  type Tensor,
  type TensorType,
} from "./tensor.ts";

/** Attribute values as ONNX knows them: integers, integer lists and strings as such, floats wrapped in {@link Float}. */
export type Attribute = number | readonly number[] | string | Float;
export type Attributes = Readonly<Record<string, Attribute>>;

/** Marks a float attribute, which a plain number cannot: ONNX tells INT and FLOAT apart, JavaScript does not. */
export class Float {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/**
 * Vector-Jacobian product of one node: from the gradients of its outputs (undefined where no gradient arrives) to the
 * gradients of its inputs (undefined where none flows), built as new nodes of the same graph.
 */
export type NodeGradient = (
  outputGradients: readonly (Value | undefined)[],
  outputs: readonly Value[],
) => readonly (Value | undefined)[];

export interface NodeDefinition {
  /** ONNX operator type. */
  readonly operator: string;
  /** undefined stands for an optional input that is left out. */
  readonly inputs: readonly (Value | undefined)[];
  readonly attributes?: Attributes;
  readonly outputs: readonly TensorType[];
  /** Left out where the operator cannot be differentiated. */
  readonly gradient?: NodeGradient;
  /** The values that `gradient` answers for, where they are not the inputs; see `withGradient`. */
  readonly gradientInputs?: readonly Value[];
  /** Nodes of another model that stand in this node's place when the graph is encoded. */
  readonly imported?: ImportedNodes;
}

/** An opaque part of another ONNX model; see import.ts. */
export interface ImportedNodes {
  /** The part's nodes and initialisers, every inner name under `prefix`, tied to the given outer names. */
  readonly encode: (
    prefix: string,
    inputs: readonly string[],
    outputs: readonly string[],
  ) => { readonly node: Onnx.INodeProto[]; readonly initializer: Onnx.ITensorProto[] };
}

export interface GraphNode extends NodeDefinition {
  readonly results: readonly Value[];
}

/** One tensor in a graph: an input, a constant, or the result of a node. */
export class Value {
  readonly graph: Graph;
  readonly name: string;
  readonly dtype: DataType;
  readonly shape: Shape;
  readonly producer: GraphNode | undefined;
  readonly constant: Tensor | undefined;

  constructor(
    graph: Graph,
    name: string,
    type: TensorType,
    origin: { producer?: GraphNode; constant?: Tensor } = {},
  ) {
    this.graph = graph;
    this.name = name;
    this.dtype = type.dtype;
    this.shape = type.shape;
    this.producer = origin.producer;
    this.constant = origin.constant;
  }

  get rank(): number {
    return this.shape.length;
  }
}

/**
 * An ONNX graph under construction. Nodes are appended in execution order, so a graph is always sorted and never has
 * a cycle. Knows nothing of what it computes.
 */
export class Graph {
  readonly name: string;
  readonly inputs: Value[] = [];
  readonly outputs = new Map<string, Value>();
  readonly nodes: GraphNode[] = [];
  readonly #names = new Set<string>();
  readonly #constants = new Map<string, Value>();
  #counter = 0;

  constructor(name = "rsad") {
    this.name = name;
  }

  input(name: string, dtype: DataType, shape: Shape): Value {
    const value = new Value(this, this.#claim(name), { dtype, shape });
    this.inputs.push(value);
    return value;
  }

  /** Names `value` as an output of the graph. Inputs, outputs and all other values share one space of names. */
  output(name: string, value: Value): void {
    if (value.graph !== this) throw invalid(`output ${name}`, "a value of this graph", value.graph.name);
    this.outputs.set(this.#claim(name), value);
  }

  /** A constant tensor. Equal small constants are kept once. */
  constant(tensor: Tensor, name?: string): Value {
    if (elementCount(tensor.dims) !== tensor.data.length) {
      throw invalid(`constant ${name ?? ""}`, `data for the shape [${tensor.dims}]`, tensor.data.length);
    }
    const type = { dtype: tensor.dtype, shape: tensor.dims };
    if (name !== undefined) return new Value(this, this.#claim(name), type, { constant: tensor });
    if (tensor.data.length > 16) return new Value(this, this.#next("constant"), type, { constant: tensor });
    const { buffer, byteOffset, byteLength } = tensor.data;
    const key = `${tensor.dtype}[${tensor.dims}](${new Uint8Array(buffer, byteOffset, byteLength).join()})`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const value = new Value(this, this.#next("constant"), type, { constant: tensor });
    this.#constants.set(key, value);
    return value;
  }

  scalar(value: number): Value {
    return this.constant(float32([value], []));
  }

  integers(values: readonly number[]): Value {
    return this.constant(int64(values));
  }

  /** Appends a node and returns its outputs. */
  add(definition: NodeDefinition): readonly Value[] {
    for (const input of definition.inputs) {
      if (input !== undefined && input.graph !== this) {
        throw invalid(`input of ${definition.operator}`, "a value of this graph", input.graph.name);
      }
    }
    const results: Value[] = [];
    const node: GraphNode = { ...definition, results };
    for (const type of definition.outputs) {
      results.push(new Value(this, this.#next(definition.operator), type, { producer: node }));
    }
    this.nodes.push(node);
    return results;
  }

  /** {@link add} for a node with one output. */
  apply(definition: Omit<NodeDefinition, "outputs"> & { readonly output: TensorType }): Value {
    const { output, ...rest } = definition;
    return this.add({ ...rest, outputs: [output] })[0]!;
  }

  #next(stem: string): string {
    this.#counter += 1;
    return this.#claim(`${stem}:${this.#counter}`);
  }

  #claim(name: string): string {
    if (this.#names.has(name)) throw invalid("a value's name", "a name not used before", name);
    this.#names.add(name);
    return name;
  }
}
