/** A decoded, oriented 8-bit colour image. `data` holds RGB triples, row by row: height * width * 3 bytes. */
export interface Image {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A defect mask: one byte per pixel, 1 = defect, 0 = good. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** An anomaly map in its image's own pixel frame, higher is worse. NaN marks pixels that were not inspected. */
export interface AnomalyMap {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}
