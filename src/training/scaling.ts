import type { ChannelMoments } from "../stages/index.ts";

/**
 * The unit in which the noise's deviation is given, by bringing features to mean 0 and
 * - `none`: nothing at all: features stay as the backbone gives them, and the deviation is absolute, as in the paper;
 * - `global`: the root mean square of the channels' deviations to 1, one factor for all channels, so that strong
 *   channels stay strong;
 * - `channel`: every channel's deviation to 1.
 */
export const SCALINGS = ["none", "global", "channel"] as const;
export type Scaling = (typeof SCALINGS)[number];

/** What to subtract and divide by, given the channels' moments; undefined for `none`. Nothing is divided by 0. */
export function scalingMoments(scaling: Scaling, moments: ChannelMoments): ChannelMoments | undefined {
  if (scaling === "none") return undefined;
  const { mean, deviation } = moments;
  if (scaling === "channel") return { mean, deviation: deviation.map(orOne) };
  const meanSquare = deviation.reduce((sum, value) => sum + value * value, 0) / deviation.length;
  return { mean, deviation: new Float32Array(deviation.length).fill(orOne(Math.sqrt(meanSquare))) };
}

function orOne(deviation: number): number {
  return deviation === 0 ? 1 : deviation;
}
