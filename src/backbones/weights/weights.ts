/** The named tensors of a pretrained network, whatever file they come from. */
export interface Weights {
  /** The shape of a tensor, undefined where there is none of that name. */
  shape(name: string): readonly number[] | undefined;
  /**
   * A tensor's values as float32, row-major, in memory of their own. Throws RSAD_BACKBONE_INVALID that names the tensor and
   * `shape` where it is missing, has another shape, or holds a value that is not finite.
   */
  tensor(name: string, shape: readonly number[]): Float32Array;
}
