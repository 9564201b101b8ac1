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

/** What to subtract and divide by; undefined for `none`. */
export function scalingMoments(scaling: Scaling, moments: ChannelMoments): ChannelMoments | undefined {
  if (scaling === "none") return undefined;
  if (scaling === "channel") return moments;
  const { mean, deviation } = moments;
  const meanSquare = deviation.reduce((sum, value) => sum + value * value, 0) / deviation.length;
  return { mean, deviation: new Float32Array(deviation.length).fill(Math.sqrt(meanSquare)) };
}
