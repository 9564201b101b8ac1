import { readFileSync } from "node:fs";
import {
  encodeModel,
  float32,
  type Graph,
  nodeRuntime,
  type Tensor,
  type Tensors,
  type Value,
} from "../../graph/index.ts";
import type { StageContext } from "../context.ts";

/** Dimensions and row-major data, as scripts/golden/make-goldens.py writes them. */
export interface GoldenTensor {
  readonly dims: number[];
  readonly data: number[];
}

/** Golden values from PyTorch; see the file's `how`. */
export const golden = JSON.parse(readFileSync(new URL("../stages.golden.json", import.meta.url), "utf8"));

export function tensor({ dims, data }: GoldenTensor): Tensor {
  return float32(data, dims);
}

/** PyTorch keeps a linear layer's weight as [out, in]; ours is [in, out]. */
export function transposed({ dims, data }: GoldenTensor): GoldenTensor {
  const [rows, columns] = dims as [number, number];
  const moved = Array.from(
    { length: data.length },
    (_, i) => data[(i % rows) * columns + Math.floor(i / rows)]!,
  );
  return { dims: [columns, rows], data: moved };
}

/** Declares every parameter as a graph input of its name. */
export class InputContext implements StageContext {
  readonly parameters = new Map<string, Value>();
  readonly graph: Graph;
  readonly #batchNorm: (context: InputContext, name: string, x: Value) => Value;
  readonly #dropout: (name: string, x: Value) => Value;

  constructor(
    graph: Graph,
    behaviour: {
      batchNorm?: (context: InputContext, name: string, x: Value) => Value;
      dropout?: (name: string, x: Value) => Value;
    } = {},
  ) {
    this.graph = graph;
    this.#batchNorm = behaviour.batchNorm ?? ((_context, _name, x) => x);
    this.#dropout = behaviour.dropout ?? ((_name, x) => x);
  }

  parameter(name: string, dims: readonly number[]): Value {
    const value = this.graph.input(name, "float32", dims);
    this.parameters.set(name, value);
    return value;
  }

  batchNorm(name: string, x: Value): Value {
    return this.#batchNorm(this, name, x);
  }

  dropout(name: string, x: Value): Value {
    return this.#dropout(name, x);
  }
}

export async function runOnce(graph: Graph, feeds: Tensors): Promise<Tensors> {
  const session = await nodeRuntime({ threads: 1 }).open(encodeModel(graph));
  try {
    return await session.run(feeds);
  } finally {
    await session.close();
  }
}

/** The largest difference, relative to the largest golden value. */
export function relativeError(result: Tensor, { data }: { readonly data: readonly number[] }): number {
  const scale = Math.max(...data.map(Math.abs), 1e-6);
  if (result.data.length !== data.length) return Number.POSITIVE_INFINITY;
  return Math.max(...data.map((value, i) => Math.abs(Number(result.data[i]) - value))) / scale;
}
