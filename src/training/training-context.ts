import { add, batchNorm as batchNormOf, type Graph, mul, type Value } from "../graph/index.ts";
import { constant, type Initializer, type StageContext, zeros } from "../stages/index.ts";

/** A tensor that training carries from step to step. */
export interface Variable {
  readonly name: string;
  readonly dims: readonly number[];
  readonly initializer: Initializer;
}

export interface Dropout {
  readonly name: string;
  readonly dims: readonly number[];
  readonly rate: number;
}

const MOMENTUM = 0.1;

/** Declares parameters and statistics as inputs, and remembers what they become. */
export class TrainingContext implements StageContext {
  readonly graph: Graph;
  readonly variables: Variable[] = [];
  readonly dropouts: Dropout[] = [];
  readonly parameters = new Map<string, Value>();

  constructor(graph: Graph) {
    this.graph = graph;
  }

  parameter(name: string, dims: readonly number[], initializer: Initializer): Value {
    const value = this.variable(name, dims, initializer);
    this.parameters.set(name, value);
    return value;
  }

  batchNorm(name: string, x: Value): Value {
    const dims = [1, x.shape[1] as number];
    const weight = this.parameter(`${name}.weight`, dims, constant(1));
    const { y, mean, variance } = batchNormOf(x, weight, this.parameter(`${name}.bias`, dims, zeros));
    this.#track(`${name}.mean`, mean, zeros);
    this.#track(`${name}.variance`, variance, constant(1));
    return y;
  }

  dropout(name: string, x: Value, rate: number): Value {
    if (rate === 0) return x;
    const dims = x.shape as readonly number[];
    this.dropouts.push({ name, dims, rate });
    return mul(x, this.graph.input(name, "float32", dims));
  }

  variable(name: string, dims: readonly number[], initializer: Initializer): Value {
    this.variables.push({ name, dims, initializer });
    return this.graph.input(name, "float32", dims);
  }

  #track(name: string, batch: Value, initializer: Initializer): void {
    const running = this.variable(name, batch.shape as readonly number[], initializer);
    this.graph.output(`next/${name}`, add(mul(running, 1 - MOMENTUM), mul(batch, MOMENTUM)));
  }
}
