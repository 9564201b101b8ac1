import type { ChannelMoments } from "../stages/index.ts";

/**
 * The unit in which the noise's deviation is given, by what is done to the features beforehand:
 * - `none`: nothing at all: the deviation is absolute;
 * - `reference`: one factor for all channels brings their deviation ({@link featureDeviation}) to that of the network that the
 *   paper's noise was made for, {@link REFERENCE_DEVIATION}; features of that network itself stay as they are, so that
 *   there the deviation is absolute, as in the paper;
 * - `global`: every channel to mean 0, and one factor for all channels brings their deviation to 1, so that strong
 *   channels stay strong;
 * - `channel`: every channel to mean 0 and deviation 1.
 */
export const SCALINGS = ["none", "reference", "global", "channel"] as const;
export type Scaling = (typeof SCALINGS)[number];

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
