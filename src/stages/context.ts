import type { Value } from "../graph/index.ts";
import type { Initializer } from "./initializer.ts";

/**
 * What a stage needs from the graph that it is built into. Training gives parameters as inputs, batch statistics and
 * dropout; inspection gives trained constants, running statistics and no dropout. The stages themselves are the same.
 */
export interface StageContext {
  /** A trained tensor. `name` is unique in the model and starts with the stage's name. */
  parameter(name: string, dims: readonly number[], initializer: Initializer): Value;
  /** Batch normalisation of the columns of x [N, C], with trained scale and shift. */
  batchNorm(name: string, x: Value): Value;
  /** Inverted dropout: while training, elements are zeroed at `rate` and the others divided by 1 - rate. */
  dropout(name: string, x: Value, rate: number): Value;
}
