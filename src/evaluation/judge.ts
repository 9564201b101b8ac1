import type { Scorer } from "../model/index.ts";

/** What inspecting and evaluating need of a trained model: a `Model` is one. */
export interface Judge extends Scorer {
  readonly metadata: {
    /** Image scores and map values of at least this count as defective; absent where no good images were held out. */
    readonly threshold?: { readonly image: number; readonly pixel: number } | undefined;
  };
}
