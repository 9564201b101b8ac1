import { RsadError } from "../../errors.ts";
import { conv2d, float32, type Value } from "../../graph/index.ts";
import type { Weights } from "../weights/weights.ts";
import { foldBatchNorm } from "./fold-batch-norm.ts";

/** A part of a network whose weights are there and which can be appended to any graph. */
export type Layer = (x: Value) => Value;

/** A convolution with a square, odd kernel, padded to keep the size at stride 1. */
export interface Conv {
  readonly into: number;
  readonly out: number;
  readonly kernel: number;
  readonly stride: number;
}

/** Reads convolutions, each folded with the batch norm behind it, and counts their learned parameters. */
export class ConvNorms {
  readonly #weights: Weights;
  #parameters = 0;

  constructor(weights: Weights) {
    this.#weights = weights;
  }

  get parameters(): number {
    return this.#parameters;
  }

  /** `conv` (without bias) and `norm` are names of PyTorch modules. Throws RSAD_BACKBONE_INVALID. */
  read(conv: string, norm: string, { into, out, kernel, stride }: Conv): Layer {
    const shape = [out, into, kernel, kernel];
    const kernels = this.#weights.tensor(`${conv}.weight`, shape);
    const vector = (part: string) => this.#weights.tensor(`${norm}.${part}`, [out]);
    const [weight, bias, mean] = [vector("weight"), vector("bias"), vector("running_mean")];
    const variance = vector("running_var");
    if (variance.some((value) => value < 0)) throw negative(`${norm}.running_var`);
    this.#parameters += kernels.length + weight.length + bias.length;

    const folded = foldBatchNorm(kernels, { weight, bias, mean, variance });
    const constants = [float32(kernels, shape), float32(folded, [out])];
    const padding = (kernel - 1) / 2;
    return (x) => {
      const [weight, bias] = constants.map((tensor) => x.graph.constant(tensor));
      return conv2d(x, weight!, bias, { stride, padding });
    };
  }
}

function negative(tensor: string): RsadError {
  return new RsadError("RSAD_BACKBONE_INVALID", {
    subject: `tensor "${tensor}"`,
    expected: "variances, which are never negative",
    received: "a negative number",
    hint: "The file is damaged, or not what its name says; get it again from its source.",
  });
}
