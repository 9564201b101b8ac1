/** Decoded samples at the file's own depth, alpha left out: `channels` values per pixel, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 1 = grey, 3 = RGB. */
  readonly channels: 1 | 3;
  readonly data: Uint8Array | Uint16Array;
}

/** The most pixels an image may have: its RGB bytes take 300 MB, decoding it up to 700 MB. */
export const MAX_PIXELS = 100_000_000;

/**
 * The most that one side may be longer than the other. Fitting the shorter side to a network enlarges the longer one with
 * it: a few kilobytes of compressed stripe would ask for all the memory there is.
 */
export const MAX_SIDE_RATIO = 500;
