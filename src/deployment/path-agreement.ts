import { pValue } from "../calibration/index.ts";
import { verdictOf } from "../evaluation/index.ts";
import type { Thresholds } from "../model/index.ts";
import type { PathResult, Tolerance, VerifiedPath } from "./verify-paths.ts";

/** How far a way to a score is from the model's own graph in Node, on the same decoded pixels. */
export interface PathAgreement {
  readonly path: string;
  /** The largest difference of scores, in units of `Verification.deviation`. */
  readonly score: number;
  /**
   * The largest difference of map values of any pixel, in the same units. A pixel that only one of both has, or has
   * inspected, counts as infinite.
   */
  readonly map: number;
  /** Images that it decides otherwise; close to a threshold that is no fault. */
  readonly verdicts: number;
  /**
   * Whether a verdict or p-value is not what the thresholds make of the path's own score: the model's, or, of a form
   * in another precision, its own.
   */
  readonly misjudged: boolean;
  /** The largest differences that are accepted, in the same units. */
  readonly tolerance: Tolerance;
  readonly agrees: boolean;
}

export interface Difference {
  readonly score: number;
  readonly map: number;
  readonly verdicts: number;
  /** Whether verdict or p-value is not what the path's own score makes it. */
  readonly misjudged: boolean;
}

export const NO_DIFFERENCE: Difference = { score: 0, map: 0, verdicts: 0, misjudged: false };

/** `thresholds` are those that the path must judge by; undefined where it may judge as it likes. */
export function difference(
  expected: PathResult,
  found: PathResult,
  thresholds: Thresholds | undefined,
): Difference {
  return {
    score: Math.abs(found.score - expected.score),
    map: mapDifference(expected.map, found.map),
    verdicts: found.verdict === expected.verdict ? 0 : 1,
    misjudged: thresholds !== undefined && !followsFrom(found, thresholds),
  };
}

/** Float32's rounding of a p-value. */
const P_VALUE_ROUNDING = 1e-6;

function followsFrom(
  { score, verdict, pValue: found }: PathResult,
  { scores, image, review }: Thresholds,
): boolean {
  return (
    verdict === verdictOf(score, image, review) && Math.abs(found! - pValue(scores, score)) < P_VALUE_ROUNDING
  );
}

function mapDifference(expected: Float32Array, found: Float32Array): number {
  if (found.length !== expected.length) return Infinity;
  let greatest = 0;
  for (let i = 0; i < expected.length; i++) {
    const by = Math.abs(found[i]! - expected[i]!);
    if (by > greatest) greatest = by;
    else if (Number.isNaN(by) && Number.isNaN(found[i]!) !== Number.isNaN(expected[i]!)) return Infinity;
  }
  return greatest;
}

export function worse(a: Difference, b: Difference): Difference {
  return {
    score: Math.max(a.score, b.score),
    map: Math.max(a.map, b.map),
    verdicts: a.verdicts + b.verdicts,
    misjudged: a.misjudged || b.misjudged,
  };
}

export function agreement(
  { name, tolerance }: Pick<VerifiedPath, "name" | "tolerance">,
  { score, map, verdicts, misjudged }: Difference,
  deviation: number,
): PathAgreement {
  const [scores, maps] = [score / deviation, map / deviation];
  const agrees = scores <= tolerance.score && maps <= tolerance.map && !misjudged;
  return { path: name, score: scores, map: maps, verdicts, misjudged, tolerance, agrees };
}
