import { float32, linear, type Value } from "../../graph/index.ts";

/** A fully connected layer: its weight [outputs, inputs] and bias [outputs]. */
export class Dense {
  readonly #weight: Float32Array;
  readonly #bias: Float32Array;

  constructor(weight: Float32Array, bias: Float32Array) {
    this.#weight = weight;
    this.#bias = bias;
  }

  get #inputs(): number {
    return this.#weight.length / this.#bias.length;
  }

  /** Multiplies the outputs, in place, so that a large layer is not held twice. In double precision until it is stored. */
  scale(factor: (output: number) => number): this {
    const inputs = this.#inputs;
    for (let output = 0; output < this.#bias.length; output++) {
      const by = factor(output);
      this.#bias[output]! *= by;
      for (let i = output * inputs; i < (output + 1) * inputs; i++) this.#weight[i]! *= by;
    }
    return this;
  }

  /** Its outputs in `parts` layers of equal size, in the memory of the whole. */
  split(parts: number): Dense[] {
    const cut = (values: Float32Array, part: number) => {
      const size = values.length / parts;
      return values.subarray(part * size, (part + 1) * size);
    };
    return Array.from(
      { length: parts },
      (_, part) => new Dense(cut(this.#weight, part), cut(this.#bias, part)),
    );
  }

  /** Appends the layer to the graph of `x` [rows, inputs]. */
  apply(x: Value): Value {
    const outputs = this.#bias.length;
    const weight = x.graph.constant(float32(this.#weight, [outputs, this.#inputs]));
    return linear(x, weight, x.graph.constant(float32(this.#bias, [outputs])));
  }
}
