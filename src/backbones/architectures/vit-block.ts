import {
  add,
  type Dimension,
  gelu,
  matmul,
  reshape,
  softmax,
  transpose,
  type Value,
} from "../../graph/index.ts";
import type { VitParameters } from "./vit-parameters.ts";

/** How many sequences of how many tokens the rows of a matrix are. */
export interface Sequences {
  readonly batch: Dimension;
  readonly tokens: number;
}

/** Appends a part of the network to the graph of `x` [batch * tokens, width]; the result has the same shape. */
type Part = (x: Value, sequences: Sequences) => Value;

/** A block of a vision transformer (Dosovitskiy et al. 2021): attention, then two dense layers, each beside a shortcut. */
export function readBlock(parameters: VitParameters, name: string, width: number, heads: number): Part {
  const norm1 = parameters.norm(`${name}.norm1`, width);
  const attention = readAttention(parameters, name, width, heads);
  const norm2 = parameters.norm(`${name}.norm2`, width);
  const expand = parameters.dense(`${name}.mlp.fc1`, width, 4 * width);
  const contract = parameters.scaledDense(`${name}.mlp.fc2`, `${name}.ls2`, 4 * width, width);
  return (x, sequences) => {
    const attended = add(x, attention(norm1(x), sequences));
    return add(attended, contract.apply(gelu(expand.apply(norm2(attended)))));
  };
}

/**
 * Multi-head self-attention (Vaswani et al. 2017). Query, key and value are products of their own, not cuts out of a joint
 * one, and each is transposed once, the key into the form in which it is the second factor.
 */
function readAttention(parameters: VitParameters, name: string, width: number, heads: number): Part {
  const size = width / heads;
  const [query, key, value] = parameters.dense(`${name}.attn.qkv`, width, 3 * width).split(3);
  query!.scale(() => 1 / Math.sqrt(size));
  const output = parameters.scaledDense(`${name}.attn.proj`, `${name}.ls1`, width, width);
  return (x, { batch, tokens }) => {
    const perHead = (rows: Value, order: readonly number[]) =>
      transpose(reshape(rows, [batch, tokens, heads, size]), order);
    const queries = perHead(query!.apply(x), [0, 2, 1, 3]);
    const keys = perHead(key!.apply(x), [0, 2, 3, 1]);
    const values = perHead(value!.apply(x), [0, 2, 1, 3]);
    const mixed = matmul(softmax(matmul(queries, keys)), values);
    return output.apply(reshape(transpose(mixed, [0, 2, 1, 3]), x.shape));
  };
}
