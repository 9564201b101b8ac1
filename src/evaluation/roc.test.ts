import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RsadError } from "../errors.ts";
import { aupr, auroc, f1Max, rocCurve } from "./roc.ts";

const labelled = fc
  .array(fc.record({ score: fc.integer({ min: -9, max: 9 }), label: fc.constantFrom(0, 1) }), {
    maxLength: 40,
  })
  .map((samples) => ({ scores: samples.map((s) => s.score), labels: samples.map((s) => s.label) }));
const twoClasses = labelled.filter(({ labels }) => labels.includes(0) && labels.includes(1));

function countPairs(scores: number[], labels: number[]): number {
  let won = 0;
  let pairs = 0;
  scores.forEach((positive, i) => {
    scores.forEach((negative, j) => {
      if (labels[i] !== 1 || labels[j] !== 0) return;
      pairs++;
      won += positive > negative ? 1 : positive === negative ? 0.5 : 0;
    });
  });
  return won / pairs;
}

describe("auroc", () => {
  test("is the share of well-ordered pairs", () => {
    fc.assert(
      fc.property(twoClasses, ({ scores, labels }) => {
        expect(auroc(scores, labels)).toBeCloseTo(countPairs(scores, labels), 12);
      }),
    );
  });

  test("does not change under a strictly increasing transform", () => {
    fc.assert(
      fc.property(twoClasses, ({ scores, labels }) => {
        const transformed = Float64Array.from(scores, (score) => Math.exp(score / 3) - 5);
        expect(auroc(transformed, labels)).toBe(auroc(scores, labels));
        expect(aupr(transformed, labels)).toBe(aupr(scores, labels));
      }),
    );
  });

  test("becomes its complement when the scores are negated", () => {
    fc.assert(
      fc.property(twoClasses, ({ scores, labels }) => {
        const negated = scores.map((score) => -score);
        expect(auroc(negated, labels)).toBeCloseTo(1 - auroc(scores, labels)!, 12);
      }),
    );
  });

  test("ranks infinities and takes both zeros as equal", () => {
    expect(auroc([-Infinity, 0, Infinity], [0, 0, 1])).toBe(1);
    expect(auroc([-Infinity, -Infinity], [0, 1])).toBe(0.5);
    expect(auroc([-0, 0], [0, 1])).toBe(0.5);
  });
});

describe("rocCurve", () => {
  test("rises from (0, 0) to (1, 1) with the area that auroc gives", () => {
    fc.assert(
      fc.property(twoClasses, ({ scores, labels }) => {
        const points = rocCurve(scores, labels)!;
        expect(points[0]).toMatchObject({ falsePositiveRate: 0, truePositiveRate: 0 });
        expect(points.at(-1)).toMatchObject({ falsePositiveRate: 1, truePositiveRate: 1 });
        expect(points).toHaveLength(new Set(scores).size + 1);
        let area = 0;
        points.slice(1).forEach((point, i) => {
          const height = (point.truePositiveRate + points[i]!.truePositiveRate) / 2;
          area += height * (point.falsePositiveRate - points[i]!.falsePositiveRate);
        });
        expect(area).toBeCloseTo(auroc(scores, labels)!, 12);
      }),
    );
  });
});

describe("f1Max", () => {
  test("is the best F1 over all thresholds and says at which", () => {
    fc.assert(
      fc.property(twoClasses, ({ scores, labels }) => {
        const f1At = (threshold: number) => {
          const called = labels.filter((_, i) => scores[i]! >= threshold);
          const found = called.filter((label) => label === 1).length;
          return (2 * found) / (called.length + labels.filter((label) => label === 1).length);
        };
        const best = f1Max(scores, labels)!;
        expect(best.value).toBeCloseTo(Math.max(...scores.map(f1At)), 12);
        expect(f1At(best.threshold)).toBeCloseTo(best.value, 12);
      }),
    );
  });
});

describe("input", () => {
  test("of one class only gives undefined", () => {
    for (const metric of [auroc, aupr, f1Max, rocCurve]) {
      expect(metric([1, 2], [1, 1])).toBeUndefined();
      expect(metric([1, 2], [0, 0])).toBeUndefined();
      expect(metric([], [])).toBeUndefined();
    }
  });

  test.each([
    { scores: [1, Number.NaN], labels: [0, 1] },
    { scores: [1, 2], labels: [0, 2] },
    { scores: [1, 2], labels: [0] },
  ])("that makes no sense is refused: $scores, $labels", ({ scores, labels }) => {
    for (const metric of [auroc, aupr, f1Max, rocCurve]) {
      expect(() => metric(scores, labels)).toThrow(RsadError);
      expect(() => metric(scores, labels)).toThrow(
        expect.objectContaining({ code: "RSAD_ARGUMENT_INVALID" }),
      );
    }
  });
});
