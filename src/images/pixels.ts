/** Decoded samples at the file's own depth, alpha left out: `channels` values per pixel, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 1 = grey, 3 = RGB. */
  readonly channels: 1 | 3;
  readonly data: Uint8Array | Uint16Array;
}
