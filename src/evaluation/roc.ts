import { RsadError } from "../errors.ts";
import { type CurveMeasures, CurveSum, type F1Max } from "./curve.ts";

/** Higher is more anomalous. */
export type Scores = Float64Array | Float32Array | readonly number[];
/** 1 = defect, 0 = good. */
export type Labels = Uint8Array | readonly number[];

export interface RocPoint {
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
  /** Scores of at least this count as defective; +Infinity at the curve's start. */
  readonly threshold: number;
}

/**
 * Area under the ROC curve, exact with ties (Mann–Whitney). Undefined when only one class is present.
 * Throws RSAD_ARGUMENT_INVALID for a score that is NaN, a label other than 0 and 1, or unequal lengths.
 */
export function auroc(scores: Scores, labels: Labels): number | undefined {
  return curveMeasures(scores, labels).auroc;
}

/**
 * Average precision, as scikit-learn's `average_precision_score` defines it (a sum over recall steps, no
 * interpolation). Undefined when only one class is present. Throws as {@link auroc}.
 */
export function aupr(scores: Scores, labels: Labels): number | undefined {
  return curveMeasures(scores, labels).aupr;
}

/** The largest F1 over all thresholds. Undefined when only one class is present. Throws as {@link auroc}. */
export function f1Max(scores: Scores, labels: Labels): F1Max | undefined {
  return curveMeasures(scores, labels).f1Max;
}

/** {@link auroc}, {@link aupr} and {@link f1Max} in one pass. */
export function curveMeasures(scores: Scores, labels: Labels): CurveMeasures {
  const groups = tieGroups(scores, labels);
  const { positives = 0, negatives = 0 } = groups.at(-1) ?? {};
  const sum = new CurveSum(positives, negatives);
  let above = 0;
  let found = 0;
  for (const group of groups) {
    if (group.positives > found) {
      sum.add(group.threshold, group.positives - found, above, group.negatives);
    }
    above = group.negatives;
    found = group.positives;
  }
  return sum.measures();
}

/**
 * The ROC curve, one point for each distinct score, from (0, 0) to (1, 1). Undefined when only one class is present.
 * Throws as {@link auroc}.
 */
export function rocCurve(scores: Scores, labels: Labels): RocPoint[] | undefined {
  const groups = tieGroups(scores, labels);
  const { positives = 0, negatives = 0 } = groups.at(-1) ?? {};
  if (positives === 0 || negatives === 0) return undefined;
  return [{ threshold: Number.POSITIVE_INFINITY, positives: 0, negatives: 0 }, ...groups].map((group) => ({
    falsePositiveRate: group.negatives / negatives,
    truePositiveRate: group.positives / positives,
    threshold: group.threshold,
  }));
}

/** The distinct scores in falling order, each with how many of both classes score at least as much. */
function tieGroups(scores: Scores, labels: Labels) {
  check(scores, labels);
  const order = Array.from(scores, (score, i) => ({ score, label: labels[i]! }));
  order.sort((a, b) => (a.score === b.score ? 0 : a.score > b.score ? -1 : 1));
  const groups: { threshold: number; positives: number; negatives: number }[] = [];
  let positives = 0;
  order.forEach(({ score, label }, rank) => {
    positives += label;
    if (order[rank + 1]?.score === score) return;
    groups.push({ threshold: score, positives, negatives: rank + 1 - positives });
  });
  return groups;
}

function check(scores: Scores, labels: Labels): void {
  if (scores.length !== labels.length) {
    throw new RsadError("RSAD_ARGUMENT_INVALID", {
      subject: "labels",
      expected: `one label for each of the ${scores.length} scores`,
      received: labels.length,
      hint: "Pass as many labels as scores.",
    });
  }
  const score = scores.findIndex((value) => Number.isNaN(value));
  if (score >= 0) {
    throw new RsadError("RSAD_ARGUMENT_INVALID", {
      subject: `scores[${score}]`,
      expected: "a number",
      received: scores[score],
      hint: "A sample without a score cannot be ranked; leave it out and say so.",
    });
  }
  const label = labels.findIndex((value) => value !== 0 && value !== 1);
  if (label >= 0) {
    throw new RsadError("RSAD_ARGUMENT_INVALID", {
      subject: `labels[${label}]`,
      expected: "0 (good) or 1 (defect)",
      received: labels[label],
      hint: "Mark every sample as good or defective.",
    });
  }
}
