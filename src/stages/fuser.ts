import { add, type Value } from "../graph/index.ts";

/**
 * Stage 3: pseudo-defects are normal features plus i.i.d. Gaussian noise of the given deviation (Eq. 6). The noise is
 * drawn outside of the graph, by the seeded generator.
 *
 * `features` may also be the image of the features under a linear map, with the same map's image of the noise: that is
 * how the training step calls it, after the discriminator's first layer, which saves that layer's input gradient for
 * half of the rows.
 */
export function fuse(features: Value, noise: Value): Value {
  return add(features, noise);
}
