import type { Scaling } from "../recipes/index.ts";
import type { ChannelMoments } from "../stages/index.ts";

/**
 * What stands for the deviation of the paper's features, so that its noise of 0.015 is 0.3 of any network's. An assumption,
 * not a measurement: docs/method.md says what it rests on.
 */
export const REFERENCE_DEVIATION = 0.05;

/** Root mean square of the channels' deviations: one figure for the scale of a network's features. */
export function featureDeviation({ deviation }: ChannelMoments): number {
  return Math.sqrt(deviation.reduce((sum, value) => sum + value * value, 0) / deviation.length);
}

/**
 * What to subtract and divide by, given the channels' moments and whether they are `native`, that is, of the very network
 * that the paper used; undefined where features stay as they are. Nothing is divided by 0.
 */
export function scalingMoments(
  scaling: Scaling,
  moments: ChannelMoments,
  native: boolean,
): ChannelMoments | undefined {
  const { mean, deviation } = moments;
  const same = (value: number) => new Float32Array(deviation.length).fill(value);
  const whole = featureDeviation(moments);
  switch (scaling) {
    case "none":
      return undefined;
    case "reference":
      return native ? undefined : { mean: same(0), deviation: same(orOne(whole / REFERENCE_DEVIATION)) };
    case "global":
      return { mean, deviation: same(orOne(whole)) };
    case "channel":
      return { mean, deviation: deviation.map(orOne) };
  }
}

function orOne(deviation: number): number {
  return deviation === 0 ? 1 : deviation;
}
