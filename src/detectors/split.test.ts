import fc from "fast-check";
import { expect, test } from "vitest";
import { MIN_IMAGES, splitAmong, splitHoldout } from "./split.ts";

test("every image is trained on or held out, never both; both parts have enough", () => {
  const count = fc.integer({ min: MIN_IMAGES, max: 300 });
  const share = fc.double({ min: 0, max: 0.99, noNaN: true });
  fc.assert(
    fc.property(count, share, fc.integer(), (count, share, seed) => {
      const { train, holdout } = splitHoldout(count, share, seed);
      expect([...train, ...holdout].sort((a, b) => a - b)).toEqual(
        Array.from({ length: count }, (_, i) => i),
      );
      expect(train).toEqual([...train].sort((a, b) => a - b));
      expect(train.length).toBeGreaterThanOrEqual(holdout.length);
      if (share === 0) expect(holdout).toEqual([]);
      else expect(holdout.length).toBeGreaterThanOrEqual(2);
    }),
  );
});

test("a limit chooses images at random, and a smaller choice is part of a larger one", () => {
  const images = (limit: number) => {
    const { train, holdout } = splitHoldout(100, 0.1, 1, limit);
    return [...train, ...holdout].sort((a, b) => a - b);
  };
  expect(images(100)).toHaveLength(100);
  const [few, more] = [images(10), images(50)];
  expect([new Set(few).size, new Set(more).size]).toEqual([10, 50]);
  expect(more).toEqual(expect.arrayContaining(few));
  expect(few).not.toEqual(Array.from({ length: 10 }, (_, i) => i));
  expect(splitHoldout(100, 0.1, 1, 10).holdout).toHaveLength(2);
});

test("some of the images are split as if there were no others", () => {
  const { train, holdout } = splitHoldout(10, 0.3, 1);
  const odd = (places: readonly number[]) => places.map((place) => 2 * place + 1);
  expect(splitAmong(odd([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), 0.3, 1)).toEqual({
    train: odd(train),
    holdout: odd(holdout),
  });
});

test("depends on the seed alone", () => {
  expect(splitHoldout(100, 0.1, 1)).toEqual(splitHoldout(100, 0.1, 1));
  expect(splitHoldout(100, 0.1, 1)).not.toEqual(splitHoldout(100, 0.1, 2));
  expect(splitHoldout(100, 0.1, 1).holdout).toHaveLength(10);
});
