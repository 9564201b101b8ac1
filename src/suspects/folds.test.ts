import fc from "fast-check";
import { expect, test } from "vitest";
import { splitFolds } from "./folds.ts";

test("every image is held once, by a fold that is fitted on all the others", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 40 }),
      fc.integer({ min: 2, max: 8 }),
      fc.nat(),
      (count, folds, seed) => {
        const split = splitFolds(count, folds, seed);
        const all = Array.from({ length: count }, (_, i) => i);
        expect(split).toHaveLength(Math.min(folds, count));
        expect(split.flatMap(({ held }) => held).sort((a, b) => a - b)).toEqual(all);
        for (const { held, others } of split) {
          expect([...held, ...others].sort((a, b) => a - b)).toEqual(all);
          expect(held.length).toBeGreaterThanOrEqual(Math.floor(count / split.length));
          expect(held.length).toBeLessThanOrEqual(Math.ceil(count / split.length));
        }
        expect(splitFolds(count, folds, seed)).toEqual(split);
      },
    ),
  );
});
