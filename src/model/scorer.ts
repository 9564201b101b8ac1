import type { AnomalyMap, Image } from "../pixels/index.ts";

export interface ScoredImage {
  /** Raw anomaly score, unbounded, higher is worse. */
  readonly score: number;
  /** In the image's own pixel frame, on the score's scale. */
  readonly map: AnomalyMap;
  /** What its run took, without the waiting for others. */
  readonly seconds: number;
}

/** Something that scores images: a model, or one being calibrated. */
export interface Scorer {
  /**
   * Throws RSAD_MODEL_INVALID for a score that is no finite number or a map that is not as large as the image, and the signal's reason
   * after an abort, which is seen between tiles.
   */
  score(image: Image, signal?: AbortSignal): Promise<ScoredImage>;
}
