/** The most pixels an image may have: its RGB bytes take 300 MB, decoding it up to 700 MB. */
export const MAX_PIXELS = 100_000_000;

/**
 * The most that one side may be longer than the other. Fitting the shorter side to a network enlarges the longer one with
 * it: a few kilobytes of compressed stripe would ask for all the memory there is.
 */
export const MAX_SIDE_RATIO = 500;
