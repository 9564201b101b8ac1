import { bestF1Threshold, missThreshold } from "../calibration/index.ts";
import { RsadError } from "../errors.ts";
import { type GoodScores, type Thresholds, thresholdsFor } from "../model/index.ts";

/**
 * How labelled defects take part in the thresholds.
 * - `false-reject`: not at all; the threshold is promised on good images alone.
 * - `best-f1`: the threshold with the best F1 score on these good and defective images, in the middle of a gap between their scores, which
 *   promises nothing.
 * - `review`: two thresholds. From the upper one on an image is defective, promised on good images; a defect scores below the lower one with
 *   probability `miss` at most, promised on defects like these; between them a person looks.
 */
export const DECISIONS = ["false-reject", "best-f1", "review"] as const;
export type Decision = (typeof DECISIONS)[number];

/** Defects that may be called good without review, unless another share is asked for. */
export const DEFAULT_MISS = 0.05;

export interface DecideRequest {
  readonly decision: Decision;
  readonly good: GoodScores;
  /** Scores of defective images, ascending; without any, only `false-reject` can be. */
  readonly defects: readonly number[];
  readonly falseReject: number | undefined;
  readonly miss: number;
  /** Where the good images come from, in words. */
  readonly origin: string;
}

/** Throws RSAD_DATASET_INVALID where there are too few defects for the decision. */
export function decide(request: DecideRequest): Thresholds {
  const { decision, good, defects, miss } = request;
  const promised = thresholdsFor(good, request);
  if (decision === "false-reject") return promised;
  checkDefects(decision, defects.length, miss);
  return decision === "review" ? withReview(promised, defects, miss) : bestF1(promised, defects);
}

/** Throws RSAD_ARGUMENT_INVALID for a decision that there is not, and for a share of false rejects beside one that cannot promise it. */
export function checkDecision(decision: Decision = "false-reject", falseReject?: number): void {
  if (!DECISIONS.includes(decision)) {
    throw new RsadError("RSAD_ARGUMENT_INVALID", {
      subject: "decision",
      expected: `one of ${DECISIONS.join(", ")}`,
      received: decision,
      hint: "Leave it out for false-reject.",
    });
  }
  if (decision !== "best-f1" || falseReject === undefined) return;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "falseReject",
    expected: "no share with the decision best-f1",
    received: falseReject,
    hint: "Labelled images choose that threshold, and nothing is promised of good ones. Take false-reject or review, or leave the share out.",
  });
}

/** Throws RSAD_DATASET_INVALID where there are too few defects for the decision, before anything is scored. */
export function checkDefects(decision: Decision, count: number, miss: number): void {
  if (decision === "false-reject") return;
  const needed = decision === "review" ? Math.ceil(1 / miss - 1 - 1e-9) : 1;
  if (count < needed) throw tooFewDefects(needed, count);
}

function bestF1({ falseReject, ...rest }: Thresholds, defects: readonly number[]): Thresholds {
  const { scores, pixel, count } = rest;
  const { threshold, f1 } = bestF1Threshold(scores, defects);
  return {
    ...rest,
    image: threshold,
    pixel: Math.min(pixel, threshold),
    ...(falseReject && { asked: falseReject.asked }),
    rule: `image: the best F1 score (${(100 * f1).toFixed(1)} %) on ${count} good and ${defects.length} defective images, in the middle of the gap between their scores, which promises nothing of others; pixel: the highest of the good images' own 99.9 % pixel quantiles`,
  };
}

function withReview(promised: Thresholds, defects: readonly number[], miss: number): Thresholds {
  const review = missThreshold(defects, miss)!;
  const share = `${Number((100 * miss).toPrecision(3))} % of defects like these ${defects.length}`;
  // Where the two do not cross, the one threshold keeps both promises.
  if (review >= promised.image) {
    return {
      ...promised,
      rule: `${promised.rule}; it misses at most ${share}, so nothing is left to review`,
    };
  }
  return {
    ...promised,
    review,
    rule: `${promised.rule}; review from ${Number(review.toPrecision(4))} on, below which at most ${share} score`,
  };
}

function tooFewDefects(needed: number, received: number): RsadError {
  return new RsadError("RSAD_DATASET_INVALID", {
    subject: "defects",
    expected: `at least ${needed} defective images for this decision`,
    received,
    hint: "Give more defective images or, for review, allow more of them to be missed (--miss).",
  });
}
