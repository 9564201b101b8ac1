import type { Backbone } from "../backbones/index.ts";
import type { Sample } from "../datasets/index.ts";
import type { FitRequest } from "../features/index.ts";
import type { HybridRecipe } from "../recipes/index.ts";
import type { StepLoopRequest } from "../training/index.ts";

export interface HybridRequest
  extends FitRequest<HybridRecipe>,
    Pick<StepLoopRequest, "lossLog" | "checkpointSeconds"> {
  /** The store's images, in its order. */
  readonly samples: readonly Sample[];
  readonly backbone: Backbone;
}
