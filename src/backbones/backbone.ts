import type { Value } from "../graph/index.ts";
import type { Grid } from "../pixels/index.ts";

/** A place in a backbone from which features are taken; its size and grid hold for the input size it was opened for. */
export interface Tap {
  readonly name: string;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Where in the input its features look: at the centres of equal cells, unless the network is known to look beside them. */
  readonly grid: Grid;
}

/** A frozen pretrained network, cut behind the last of its taps. */
export interface Backbone {
  readonly name: string;
  /** Where the weights come from, in words. */
  readonly source: string;
  readonly licence: string;
  /** What the licence does not allow; left out where that is not known, or nothing. */
  readonly notice?: string;
  /** SHA-256 of the weights file, in hexadecimal. */
  readonly sha256: string;
  /** In the order asked for. */
  readonly taps: readonly Tap[];
  /** Learned values of the part up to the last tap; where batch norms come folded, what they have become. */
  readonly parameters: number;
  /** Side of the square input, in pixels. */
  readonly size: number;
  /**
   * Appends the network to the graph of `pixels`, float32 [N, 3, size, size], RGB, 0..255, not yet normalised.
   * Returns the taps, float32 [N, channels, height, width] each. Has no gradient: a backbone is never trained.
   */
  build(pixels: Value): Value[];
}
