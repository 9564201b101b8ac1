import { type Onnx, onnx } from "../graph/index.ts";

/** A decoded model with what its rewriting needs to know of who makes and who reads each tensor. */
export class Network {
  readonly model: Onnx.IModelProto;
  readonly nodes: readonly Onnx.INodeProto[];
  /** The nodes that read a tensor, by its name. */
  readonly #readers = new Map<string, Onnx.INodeProto[]>();
  readonly #producers = new Map<string, Onnx.INodeProto>();
  readonly #constants: ReadonlySet<string>;
  readonly #outputs: ReadonlySet<string>;

  constructor(bytes: Uint8Array) {
    this.model = onnx.ModelProto.decode(bytes);
    const { node, initializer, output } = this.model.graph!;
    this.nodes = node!;
    this.#outputs = new Set(output!.map(({ name }) => name!));
    const constants = new Set(initializer!.map(({ name }) => name!));
    for (const item of this.nodes) {
      for (const name of item.output!) this.#producers.set(name, item);
      for (const name of item.input!) this.#readers.set(name, [...this.readers(name), item]);
      // Nodes stand in an order in which they can run, so what they read has been seen.
      if (item.input!.length > 0 && item.input!.every((name) => name === "" || constants.has(name))) {
        for (const name of item.output!) constants.add(name);
      }
    }
    this.#constants = constants;
  }

  readers(name: string): readonly Onnx.INodeProto[] {
    return this.#readers.get(name) ?? [];
  }

  producer(name: string): Onnx.INodeProto | undefined {
    return this.#producers.get(name);
  }

  /** Whether a tensor depends on no input of the graph: a stored one, or one computed from such. */
  isConstant(name: string | undefined): boolean {
    return name !== undefined && this.#constants.has(name);
  }

  /** The one node that reads a tensor; undefined where there are several, or where it is an output of the graph. */
  onlyReader(name: string): Onnx.INodeProto | undefined {
    const readers = this.readers(name);
    return readers.length === 1 && !this.#outputs.has(name) ? readers[0] : undefined;
  }
}
