import type { ModelMetadata } from "../model/index.ts";
import type { TrainedRecipe } from "../recipes/index.ts";

/** What the deviation of the fuser's noise was measured in, and so what was done to the features. */
export function describeNoise(
  { scaling, noise }: TrainedRecipe,
  features: ModelMetadata["features"],
): string {
  const { deviation = Number.NaN, divisor } = features ?? {};
  const measured = `the features' own, ${deviation.toPrecision(3)}`;
  switch (scaling) {
    case "global":
      return `deviation ${noise.deviation} times ${measured}`;
    case "channel":
      return `deviation ${noise.deviation} times each channel's own`;
    case "none":
      return `deviation ${noise.deviation}, absolute; ${measured}`;
    case "reference":
      return divisor === undefined
        ? `deviation ${noise.deviation}, absolute, as in the paper with the same backbone; ${measured}`
        : `deviation ${noise.deviation} of the paper, for features divided by ${divisor.toPrecision(3)}: this backbone is not the paper's, so they were brought to the scale of its own`;
  }
}
