import { elementCount, float32, layerNorm, type Value } from "../../graph/index.ts";
import type { Weights } from "../weights/weights.ts";
import { Dense } from "./dense.ts";

const EPSILON = 1e-6;

/** Reads parameters by the names of PyTorch's modules, and counts them. Throws RSAD_BACKBONE_INVALID. */
export class VitParameters {
  readonly #weights: Weights;
  #count = 0;

  constructor(weights: Weights) {
    this.#weights = weights;
  }

  get count(): number {
    return this.#count;
  }

  values(name: string, ...shape: number[]): Float32Array {
    this.#count += elementCount(shape);
    return this.#weights.tensor(name, shape);
  }

  dense(name: string, inputs: number, outputs: number): Dense {
    return new Dense(this.values(`${name}.weight`, outputs, inputs), this.values(`${name}.bias`, outputs));
  }

  /** A dense layer with LayerScale behind it (Touvron et al. 2021), which becomes part of it. */
  scaledDense(name: string, scale: string, inputs: number, outputs: number): Dense {
    const gamma = this.values(`${scale}.gamma`, outputs);
    return this.dense(name, inputs, outputs).scale((output) => gamma[output]!);
  }

  norm(name: string, width: number): (x: Value) => Value {
    const weight = float32(this.values(`${name}.weight`, width), [width]);
    const bias = float32(this.values(`${name}.bias`, width), [width]);
    return (x) => layerNorm(x, x.graph.constant(weight), x.graph.constant(bias), EPSILON);
  }
}
