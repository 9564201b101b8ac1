import { RsadError } from "../errors.ts";
import type { AnomalyMap, Image } from "../pixels/index.ts";
import { checkFinite, isDefective } from "./evaluate.ts";
import type { Judge } from "./judge.ts";
import { type DefectRegion, defectRegions, type RegionOptions } from "./regions.ts";

export interface InspectOptions extends RegionOptions {
  /** Judge by this image threshold instead of the model's. */
  readonly threshold?: number | undefined;
  /** Outline defects by this map value instead of the model's. */
  readonly pixelThreshold?: number | undefined;
}

export interface Inspection {
  readonly verdict: "defect" | "good";
  /** The image's anomaly score, higher is worse. */
  readonly score: number;
  /** The image threshold that the score was held against. */
  readonly threshold: number;
  /** The map value from which on pixels belong to a region; undefined where neither model nor caller has one. */
  readonly pixelThreshold: number | undefined;
  /**
   * Where the map reaches the pixel threshold, the worst first, whatever the verdict: the two thresholds are
   * calibrated apart, so a good image can have a region and a defective one none.
   */
  readonly regions: readonly DefectRegion[];
  readonly map: AnomalyMap;
  readonly seconds: number;
}

/**
 * Says whether an image is defective, and where. Throws RSAD_ARGUMENT_INVALID for a score or threshold that is not
 * finite, or where neither model nor caller has a threshold; RSAD_MODEL_INVALID, RSAD_RUNTIME_FAILED.
 *
 * @example
 * const model = await openModel("model.onnx");
 * const { verdict, score, regions } = await inspect(model, await decodeImage("part.png"));
 */
export async function inspect(model: Judge, image: Image, options: InspectOptions = {}): Promise<Inspection> {
  const { image: calibrated, pixel } = model.metadata.threshold ?? {};
  const { threshold = calibrated, pixelThreshold = pixel } = options;
  if (threshold === undefined) throw noThreshold();
  checkFinite("threshold", threshold);
  if (pixelThreshold !== undefined) checkFinite("pixelThreshold", pixelThreshold);
  const { score, map, seconds } = await model.score(image);
  checkFinite("the image's score", score);
  return {
    verdict: isDefective(score, threshold) ? "defect" : "good",
    score,
    threshold,
    pixelThreshold,
    regions: pixelThreshold === undefined ? [] : defectRegions(map, pixelThreshold, options),
    map,
    seconds,
  };
}

function noThreshold(): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "threshold",
    expected: "an image threshold, from the model or given",
    received: "none",
    hint: "This model was trained without holding out good images. Give a threshold (--threshold SCORE), or train with held-out ones (--set holdout=0.1).",
  });
}
