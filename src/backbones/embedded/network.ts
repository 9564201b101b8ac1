/** A weight or bias as IEEE 754 half-precision bits, row-major. */
export interface HalfTensor {
  readonly dims: readonly number[];
  readonly bits: Uint16Array;
}

/**
 * Values are numbered: 0 is the input image, k the result of layer k - 1.
 *
 * A convolution's padding is TensorFlow's SAME, which depends on the input's size and is worked out when the layer is
 * built.
 */
export interface ConvLayer {
  readonly kind: "conv";
  readonly input: number;
  /** [out, in / groups, height, width]. */
  readonly weight: HalfTensor;
  readonly bias: HalfTensor;
  readonly stride: number;
  readonly groups: number;
  /** Whether min(max(x, 0), 6) follows. */
  readonly relu6: boolean;
}

export interface AddLayer {
  readonly kind: "add";
  readonly inputs: readonly [number, number];
}

export type Layer = ConvLayer | AddLayer;

/** A small convolutional network as plain data: what a conversion makes and the cache keeps. */
export interface Network {
  /** In the order of execution. */
  readonly layers: readonly Layer[];
  readonly taps: readonly { readonly name: string; readonly value: number }[];
}
