/** Dimensions of one level of one image. */
export interface Level {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}
