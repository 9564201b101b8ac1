import type { Head } from "../features/index.ts";
import { float32, matmul, reduceSum, reshape, sqrt, square, sub, transpose } from "../graph/index.ts";
import { patchFeatures } from "../stages/index.ts";

export interface DfmHeadRequest {
  /** [channels]. */
  readonly mean: Float32Array;
  /** [components, channels], orthonormal rows; may have none. */
  readonly basis: Float32Array;
}

/**
 * DFM's inspection (Ahuja et al., 2019, feature reconstruction error): how far a patch lies from the subspace of the principal
 * components, as a Euclidean length.
 */
export function dfmHead({ mean, basis }: DfmHeadRequest): Head {
  const channels = mean.length;
  const components = basis.length / channels;
  return (levels, grids) => {
    const { rows, height, width } = patchFeatures(levels, grids);
    const g = rows.graph;
    const centred = sub(rows, g.constant(float32(mean, [1, channels])));
    const residual = () => {
      if (components === 0) return centred;
      const axes = g.constant(float32(basis, [components, channels]), "components");
      return sub(centred, matmul(matmul(centred, transpose(axes, [1, 0])), axes));
    };
    return { patches: reshape(sqrt(reduceSum(square(residual()), [1])), [1, 1, height, width]) };
  };
}
