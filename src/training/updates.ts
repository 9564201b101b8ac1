import { gradients, type Value } from "../graph/index.ts";
import { zeros } from "../stages/index.ts";
import { type AdamRates, adam } from "./adam.ts";
import type { TrainingContext } from "./training-context.ts";

/**
 * Makes every parameter's next value an output of the step: `next/NAME`, after one step of Adam down the gradient of `loss`, and
 * Adam's own state as `next/first/NAME` and `next/second/NAME`.
 */
export function addUpdates(
  context: TrainingContext,
  loss: Value,
  ratesOf: (name: string) => AdamRates,
): void {
  const { graph, parameters } = context;
  const slopes = gradients(loss, [...parameters.values()]);
  for (const [i, [name, parameter]] of [...parameters].entries()) {
    const dims = parameter.shape as readonly number[];
    const state = {
      parameter,
      first: context.variable(`first/${name}`, dims, zeros),
      second: context.variable(`second/${name}`, dims, zeros),
    };
    const next = adam(slopes[i]!, state, ratesOf(name));
    graph.output(`next/${name}`, next.parameter);
    graph.output(`next/first/${name}`, next.first);
    graph.output(`next/second/${name}`, next.second);
  }
}
