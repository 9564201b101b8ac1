import { RsadError } from "../errors.ts";
import {
  type Evaluation,
  GOOD,
  type PixelEvaluation,
  type ScoredSample,
  type ThresholdEvaluation,
  type TypeEvaluation,
} from "./evaluation.ts";
import { auroc, curveMeasures } from "./roc.ts";

/** Pixel metrics of a whole set and of each of its defect types. */
export interface PixelSummary {
  readonly overall: PixelEvaluation;
  readonly aurocByType: ReadonlyMap<string, number>;
  /** AUPIMO by the sample's position. */
  readonly aupimos: ReadonlyMap<number, number>;
}

/** Whether a score calls its image defective: from the threshold upwards. */
export function isDefective(score: number, threshold: number): boolean {
  return score >= threshold;
}

/**
 * Puts image scores, and pixel metrics if there are any, into one {@link Evaluation}. `thresholds.image` must come from
 * elsewhere than these samples. Throws RSAD_ARGUMENT_INVALID for a score or threshold that is not finite.
 */
export function summarize(
  samples: readonly ScoredSample[],
  pixels?: PixelSummary,
  thresholds: { readonly image?: number | undefined; readonly review?: number | undefined } = {},
): Evaluation {
  for (const sample of samples) checkFinite(`the score of ${sample.name}`, sample.score);
  const { image: threshold, review } = thresholds;
  if (threshold !== undefined) checkFinite("the image threshold", threshold);
  if (review !== undefined) checkFinite("the review threshold", review);
  const good = samples.filter((sample) => sample.type === GOOD);
  const defect = samples.filter((sample) => sample.type !== GOOD);
  const types = [...new Set(defect.map((sample) => sample.type))].sort();
  return {
    counts: { good: good.length, defect: defect.length },
    image: curveMeasures(scoresOf(samples), labelsOf(samples)),
    pixel: pixels?.overall,
    types: types.map((type) => ({
      ...summarizeType(
        type,
        defect.filter((sample) => sample.type === type),
        good,
        threshold,
        review,
      ),
      pixelAuroc: pixels?.aurocByType.get(type),
    })),
    atThreshold: threshold === undefined ? undefined : judge(good, defect, threshold, review),
    samples: samples.map((sample, index) => ({ ...sample, aupimo: pixels?.aupimos.get(index) })),
  };
}

function summarizeType(
  type: string,
  own: readonly ScoredSample[],
  good: readonly ScoredSample[],
  threshold: number | undefined,
  review: number | undefined,
): TypeEvaluation {
  const both = [...good, ...own];
  const detected = threshold === undefined ? undefined : countDefective(own, threshold);
  const forReview =
    threshold === undefined || review === undefined ? undefined : countForReview(own, threshold, review);
  return {
    type,
    count: own.length,
    imageAuroc: auroc(scoresOf(both), labelsOf(both)),
    detected,
    review: forReview,
    missed: detected === undefined ? undefined : own.length - detected - (forReview ?? 0),
  };
}

function judge(
  good: readonly ScoredSample[],
  defect: readonly ScoredSample[],
  threshold: number,
  review: number | undefined,
): ThresholdEvaluation {
  return {
    threshold,
    falseRejects: countDefective(good, threshold),
    goodCount: good.length,
    detected: countDefective(defect, threshold),
    defectCount: defect.length,
    review:
      review === undefined
        ? undefined
        : {
            threshold: review,
            good: countForReview(good, threshold, review),
            defect: countForReview(defect, threshold, review),
          },
  };
}

function countForReview(samples: readonly ScoredSample[], threshold: number, review: number): number {
  return samples.filter(({ score }) => score >= review && !isDefective(score, threshold)).length;
}

function countDefective(samples: readonly ScoredSample[], threshold: number): number {
  return samples.filter((sample) => isDefective(sample.score, threshold)).length;
}

function scoresOf(samples: readonly ScoredSample[]): number[] {
  return samples.map((sample) => sample.score);
}

function labelsOf(samples: readonly ScoredSample[]): number[] {
  return samples.map((sample) => (sample.type === GOOD ? 0 : 1));
}

/** Throws RSAD_ARGUMENT_INVALID unless `value` is a finite number. */
export function checkFinite(subject: string, value: number): void {
  if (Number.isFinite(value)) return;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject,
    expected: "a finite number",
    received: value,
    hint: "An image or threshold without a number cannot be compared.",
  });
}
