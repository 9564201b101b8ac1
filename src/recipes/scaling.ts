/**
 * The unit in which the noise's deviation is given, by what is done to the features beforehand:
 * - `none`: nothing at all: the deviation is absolute;
 * - `reference`: one factor for all channels brings their deviation to that of the network that the paper's noise was made
 *   for; features of that network itself stay as they are, so that there the deviation is absolute, as in the paper;
 * - `global`: every channel to mean 0, and one factor for all channels brings their deviation to 1, so that strong
 *   channels stay strong;
 * - `channel`: every channel to mean 0 and deviation 1.
 */
export const SCALINGS = ["none", "reference", "global", "channel"] as const;
export type Scaling = (typeof SCALINGS)[number];
