import type { AnomalyMap, Image } from "../images/index.ts";

/** What inspecting and evaluating need of a trained model. */
export interface Scorer {
  readonly metadata: {
    /** Image scores and map values of at least this count as defective. */
    readonly threshold: { readonly image: number; readonly pixel: number };
  };
  /** The anomaly score, higher is worse, and the map in the image's own pixel frame. */
  score(image: Image): Promise<{
    readonly score: number;
    readonly map: AnomalyMap;
    readonly seconds: number;
  }>;
}
