import { leakyRelu, matmul, type Value } from "../graph/index.ts";
import type { StageContext } from "./context.ts";
import { xavierNormal } from "./initializer.ts";

export interface DiscriminatorOptions {
  /** Widths of the hidden layers: two of them make the paper's three-layer MLP, one makes SimpleNet's. */
  readonly hidden: readonly number[];
  /** Logits, one for each kind of pseudo-defect; 1 if left out. */
  readonly outputs?: number;
}

/** The parameter of {@link project}, [C, hidden[0]]. */
export const PROJECTION = "discriminator.0.weight";

const SLOPE = 0.2;

/**
 * The first linear layer of {@link discriminate}, [R, C] -> [R, hidden[0]]. It stands alone because it is linear; see
 * {@link fuse}.
 */
export function project(
  context: StageContext,
  channels: number,
  options: DiscriminatorOptions,
): (rows: Value) => Value {
  const weight = context.parameter(PROJECTION, [channels, options.hidden[0]!], xavierNormal);
  return (rows) => matmul(rows, weight);
}

/**
 * Stage 4: a patch's normality as a logit, [R, hidden[0]] -> [R, outputs], positive = normal. Each hidden layer is
 * linear - batch norm - LeakyReLU(0.2); a bias would vanish in the batch norm and is left out; so is the last one, as in
 * SimpleNet. The paper's final sigmoid is taken where a probability is wanted (see loss.ts), for its hinge at ±0.5 needs
 * logits.
 */
export function discriminate(context: StageContext, projected: Value, options: DiscriminatorOptions): Value {
  const activate = (x: Value, layer: number) =>
    leakyRelu(context.batchNorm(`discriminator.${layer}.norm`, x), SLOPE);
  let x = activate(projected, 0);
  for (let layer = 1; layer < options.hidden.length; layer++) {
    const dims = [options.hidden[layer - 1]!, options.hidden[layer]!];
    x = activate(matmul(x, context.parameter(`discriminator.${layer}.weight`, dims, xavierNormal)), layer);
  }
  const last = options.hidden.length;
  return matmul(
    x,
    context.parameter(
      `discriminator.${last}.weight`,
      [options.hidden[last - 1]!, options.outputs ?? 1],
      xavierNormal,
    ),
  );
}
