import { type FalseReject, pValue } from "../calibration/index.ts";
import { RsadError } from "../errors.ts";
import { checkFields, type Fields } from "../fields.ts";
import type { AnomalyMap, Image } from "../pixels/index.ts";
import { checkFinite, isDefective } from "./evaluate.ts";
import type { Calibrated, Judge } from "./judge.ts";
import { type MapPeak, mapPeak } from "./map-peak.ts";
import { type DefectRegion, defectRegions, type RegionOptions } from "./regions.ts";

export interface InspectOptions extends RegionOptions {
  /** Judge by this image threshold instead of the model's. */
  readonly threshold?: number | undefined;
  /** Outline defects by this map value instead of the model's. */
  readonly pixelThreshold?: number | undefined;
  /**
   * False where the images are not scored as those were that the thresholds come from, so that a p-value, a promise and the model's review threshold
   * would say nothing. If left out, as the model says: false of one of whole images that was opened for tiles.
   */
  readonly comparable?: boolean | undefined;
  /** An abort throws its reason. */
  readonly signal?: AbortSignal | undefined;
}

const OPTIONS: Fields<InspectOptions> = {
  contours: "flag?",
  mmPerPixel: "number?",
  threshold: "number?",
  pixelThreshold: "number?",
  comparable: "flag?",
  signal: "signal?",
};

/** `review`: worse than good images mostly are, but not beyond the image threshold; of models with a review threshold alone. */
export type Verdict = "defect" | "review" | "good";

/** Shares of new good images that are called defective. */
export interface VerdictPromise extends FalseReject {
  /** Good images behind it, none of which was trained on. */
  readonly images: number;
}

export interface Inspection {
  readonly verdict: Verdict;
  /** The image's anomaly score, higher is worse. */
  readonly score: number;
  /** The image threshold that the score was held against. */
  readonly threshold: number;
  /** The score from which on an image is for a person to look at; undefined where there are two verdicts only. */
  readonly reviewThreshold: number | undefined;
  /**
   * At most this share of good images scores as high (conformal p-value), 1 / (images + 1) at the least; undefined where the model
   * has no scores of good images.
   */
  readonly pValue: number | undefined;
  /** What the model's own image threshold promises of good images; undefined for another threshold, and for one that promises nothing. */
  readonly falseReject: VerdictPromise | undefined;
  /** The map value from which on pixels belong to a region; undefined where neither model nor caller has one. */
  readonly pixelThreshold: number | undefined;
  /** Where the map is highest, the place to look at whatever the regions are; undefined where nothing was inspected. */
  readonly peak: MapPeak | undefined;
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
 * const model = await load("model.onnx");
 * const { verdict, score, regions } = await inspect(model, await decodeImage("part.png"));
 */
export async function inspect(model: Judge, image: Image, options: InspectOptions = {}): Promise<Inspection> {
  checkFields("inspect", { model, image }, { model: "model", image: "image" });
  checkFields("inspect", options, OPTIONS);
  const { comparable = model.comparable ?? true } = options;
  const { image: calibrated, pixel, review: ownReview, scores } = model.metadata.threshold ?? {};
  const review = comparable ? ownReview : undefined;
  const { threshold = calibrated, pixelThreshold = pixel } = options;
  if (threshold === undefined) throw noThreshold();
  checkFinite("threshold", threshold);
  if (pixelThreshold !== undefined) checkFinite("pixelThreshold", pixelThreshold);
  const { score, map, seconds } = await model.score(image, options.signal);
  checkFinite("the image's score", score);
  return {
    verdict: verdictOf(score, threshold, review),
    score,
    threshold,
    reviewThreshold: review,
    pValue: comparable && scores !== undefined ? pValue(scores, score) : undefined,
    falseReject: comparable && threshold === calibrated ? promiseOf(model.metadata.threshold!) : undefined,
    pixelThreshold,
    peak: mapPeak(map),
    regions: pixelThreshold === undefined ? [] : defectRegions(map, pixelThreshold, options),
    map,
    seconds,
  };
}

function promiseOf({ falseReject, scores }: Calibrated): VerdictPromise | undefined {
  if (falseReject === undefined || scores === undefined) return undefined;
  const { promised, interval } = falseReject;
  return { promised, interval, images: scores.length };
}

/** What a score means: a defect from `threshold` on, and for review from `review` on. */
export function verdictOf(score: number, threshold: number, review = threshold): Verdict {
  if (isDefective(score, threshold)) return "defect";
  return score >= review ? "review" : "good";
}

function noThreshold(): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "threshold",
    expected: "an image threshold, from the model or given",
    received: "none",
    hint: "This model was trained without holding out good images. Give a threshold (--threshold SCORE), or train with held-out ones (--set holdout=0.1).",
  });
}
