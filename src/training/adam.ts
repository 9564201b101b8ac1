import { add, div, mul, sqrt, square, sub, type Value } from "../graph/index.ts";
import type { TrainedRecipe } from "../recipes/index.ts";

export interface AdamState {
  readonly parameter: Value;
  /** Running mean of the gradient. */
  readonly first: Value;
  /** Running mean of the squared gradient. */
  readonly second: Value;
}

export interface AdamRates {
  /** Learning rate divided by 1 - beta1^t, a scalar. */
  readonly rate: Value;
  /** sqrt(1 - beta2^t), a scalar. */
  readonly correction: Value;
  readonly weightDecay: number;
  /** Decoupled weight decay times the learning rate, a scalar, as in AdamW (Loshchilov & Hutter 2019). */
  readonly shrink?: Value | undefined;
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/**
 * One step of Adam (Kingma & Ba 2015) with weight decay added to the gradient, as the paper uses it; nodes of the step
 * graph itself.
 */
export function adam(gradient: Value, state: AdamState, rates: AdamRates): AdamState {
  const { parameter } = state;
  const pulled = rates.weightDecay === 0 ? gradient : add(gradient, mul(parameter, rates.weightDecay));
  const first = add(mul(state.first, BETA1), mul(pulled, 1 - BETA1));
  const second = add(mul(state.second, BETA2), mul(square(pulled), 1 - BETA2));
  const deviation = add(div(sqrt(second), rates.correction), EPSILON);
  const kept = rates.shrink === undefined ? parameter : sub(parameter, mul(parameter, rates.shrink));
  return { parameter: sub(kept, mul(div(first, deviation), rates.rate)), first, second };
}

/** The two step-dependent scalars of {@link AdamRates}, for step t = 1, 2, ... */
export function adamScalars(step: number, learningRate: number): { rate: number; correction: number } {
  return { rate: learningRate / (1 - BETA1 ** step), correction: Math.sqrt(1 - BETA2 ** step) };
}

/** What the rates of step `step`, from 0, of `steps` are multiplied by. */
export function rateDecay(
  { decayAt, decayFactor }: Pick<TrainedRecipe["optimizer"], "decayAt" | "decayFactor">,
  step: number,
  steps: number,
): number {
  return decayFactor ** decayAt.filter((share) => step >= share * steps).length;
}
