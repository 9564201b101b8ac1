import {
  add,
  BATCH_NORM_EPSILON,
  float32,
  type Graph,
  mul,
  type Tensors,
  type Value,
} from "../graph/index.ts";
import type { StageContext } from "../stages/index.ts";

/** Gives the stages their trained tensors as constants; batch norm by the running statistics, no dropout. */
export class InspectionContext implements StageContext {
  readonly #graph: Graph;
  readonly #weights: Tensors;

  constructor(graph: Graph, weights: Tensors) {
    this.#graph = graph;
    this.#weights = weights;
  }

  parameter(name: string): Value {
    return this.#graph.constant(this.#weights[name]!, name);
  }

  batchNorm(name: string, x: Value): Value {
    const of = (part: string) => this.#weights[`${name}.${part}`]!.data as Float32Array;
    const [mean, variance, weight, bias] = [of("mean"), of("variance"), of("weight"), of("bias")];
    const scale = weight.map((value, i) => value / Math.sqrt(variance[i]! + BATCH_NORM_EPSILON));
    const shift = bias.map((value, i) => value - mean[i]! * scale[i]!);
    const vector = (values: Float32Array) => this.#graph.constant(float32(values, [1, values.length]));
    return add(mul(x, vector(scale)), vector(shift));
  }

  dropout(_name: string, x: Value): Value {
    return x;
  }
}
