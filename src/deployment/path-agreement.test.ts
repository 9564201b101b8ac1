import { expect, test } from "vitest";
import { metadata } from "../model/testing/mean-model.ts";
import { agreement, difference, worse } from "./path-agreement.ts";
import type { PathResult } from "./verify-paths.ts";

const thresholds = { ...metadata.threshold!, review: 70 };
const path = { name: "a way", tolerance: { score: 0.1, map: 0.2 } };
/** Of 10, 20, ..., 90 three are as high as 75. */
const expected: PathResult = {
  score: 75,
  map: Float32Array.of(1, Number.NaN, 75),
  verdict: "review",
  pValue: 0.3,
};

function judged(found: Partial<PathResult>, deviation = 10) {
  return agreement(path, difference(expected, { ...expected, ...found }, thresholds), deviation);
}

test("what is the same agrees", () => {
  expect(judged({})).toEqual({
    path: "a way",
    score: 0,
    map: 0,
    verdicts: 0,
    misjudged: false,
    tolerance: path.tolerance,
    agrees: true,
  });
});

test.each([
  ["a score within the tolerance", { score: 75.9 }, true],
  ["a score beyond it", { score: 76.1 }, false],
  ["a map within the tolerance", { map: Float32Array.of(2.9, Number.NaN, 75) }, true],
  ["a map beyond it", { map: Float32Array.of(3.1, Number.NaN, 75) }, false],
  ["a pixel that was not inspected", { map: Float32Array.of(Number.NaN, Number.NaN, 75) }, false],
  ["a pixel that should not have been", { map: Float32Array.of(1, 1, 75) }, false],
  ["a map that lacks its last pixel", { map: Float32Array.of(1, Number.NaN) }, false],
  ["a map with a pixel too many", { map: Float32Array.of(1, Number.NaN, 75, 75) }, false],
  ["a score that is no number", { score: Number.NaN }, false],
  ["a verdict that its score does not give", { verdict: "defect" }, false],
  ["a p-value that its score does not give", { pValue: 0.7 }, false],
] as const)("%s", (_, found, agrees) => {
  expect(judged(found).agrees).toBe(agrees);
});

test("the worst of all images counts", () => {
  const one = difference(expected, { ...expected, score: 74 }, thresholds);
  const other = difference(expected, { ...expected, verdict: "good" }, thresholds);
  expect(worse(one, other)).toEqual({ score: 1, map: 0, verdicts: 1, misjudged: true });
});
