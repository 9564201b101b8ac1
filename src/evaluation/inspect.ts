import type { AnomalyMap, Image } from "../images/index.ts";
import { checkFinite, isDefective } from "./evaluate.ts";
import { type DefectRegion, defectRegions } from "./regions.ts";
import type { Scorer } from "./scorer.ts";

export interface InspectOptions {
  /** Judge by this image threshold instead of the model's. */
  readonly threshold?: number | undefined;
}

export interface Inspection {
  readonly verdict: "defect" | "good";
  /** The image's anomaly score, higher is worse. */
  readonly score: number;
  /** The image threshold that it was held against. */
  readonly threshold: number;
  /**
   * Where the map reaches the model's pixel threshold, the worst first, whatever the verdict. The two thresholds are
   * calibrated apart, so a good image can have a region and a defective one none.
   */
  readonly regions: readonly DefectRegion[];
  readonly map: AnomalyMap;
  readonly seconds: number;
}

/**
 * Says whether an image is defective, and where. Throws RSAD_ARGUMENT_INVALID for a threshold that is not finite,
 * RSAD_RUNTIME_FAILED.
 *
 * @example
 * const model = await openModel("model.onnx");
 * const { verdict, score, regions } = await inspect(model, await decodeImage("part.png"));
 */
export async function inspect(
  model: Scorer,
  image: Image,
  options: InspectOptions = {},
): Promise<Inspection> {
  const { image: calibrated, pixel } = model.metadata.threshold;
  const { threshold = calibrated } = options;
  checkFinite("threshold", threshold);
  const { score, map, seconds } = await model.score(image);
  return {
    verdict: isDefective(score, threshold) ? "defect" : "good",
    score,
    threshold,
    regions: defectRegions(map, pixel),
    map,
    seconds,
  };
}
