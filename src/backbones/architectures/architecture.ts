import type { Value } from "../../graph/index.ts";
import type { Weights } from "../weights/weights.ts";

/** A network whose structure is code and whose weights come from a file. */
export interface Architecture {
  readonly name: string;
  /** Every place from which features can be taken, in order of depth. */
  readonly taps: readonly string[];
  /** The taps of {@link taps} that are used where none are asked for. */
  readonly defaultTaps: readonly string[];
  /** Channels of the features that one of {@link taps} gives. */
  channelsOf(tap: string): number;
  /** Both sides of an input have to be multiples of it. */
  readonly multiple: number;
  /**
   * Reads the weights of the part that `taps` (names of {@link taps}, each once, in any order) need, and no others.
   * Throws RSAD_BACKBONE_INVALID, as {@link Weights.tensor} does.
   */
  load(weights: Weights, taps: readonly string[]): Network;
}

/** The part of an architecture that the taps need, with its weights. */
export interface Network {
  /** Learned parameters of that part, as its authors count them: batch norm's statistics are none. */
  readonly parameters: number;
  /**
   * Appends the network to the graph of `image`, float32 [N, 3, H, W] with static H and W, already normalised. Returns the
   * taps in the order asked for, float32 [N, C, h, w] each.
   */
  build(image: Value): Value[];
}
