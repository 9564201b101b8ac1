import fc from "fast-check";
import { expect, test } from "vitest";
import { Batches } from "./batches.ts";

const sizes = fc.record({ images: fc.integer({ min: 1, max: 12 }), size: fc.integer({ min: 1, max: 30 }) });

test("every image is seen equally often, whatever the batch size", () => {
  fc.assert(
    fc.property(sizes, fc.integer(), ({ images, size }, seed) => {
      const batches = new Batches(images, size, seed);
      const seen = new Array<number>(images).fill(0);
      for (let step = 0; step < images; step++) {
        const batch = batches.at(step);
        expect(batch).toHaveLength(size);
        for (const image of batch) seen[image]! += 1;
      }
      expect(seen).toEqual(new Array(images).fill(size));
    }),
  );
});

test("a step's batch depends on the seed and the step alone", () => {
  const forwards = new Batches(7, 3, 1);
  const all = Array.from({ length: 20 }, (_, step) => forwards.at(step));
  const backwards = new Batches(7, 3, 1);
  for (let step = 19; step >= 0; step--) expect(backwards.at(step)).toEqual(all[step]);
  expect(Array.from({ length: 20 }, (_, step) => new Batches(7, 3, 2).at(step))).not.toEqual(all);
});

test("each pass has an order of its own", () => {
  const batches = new Batches(50, 50, 0);
  expect(batches.at(0)).not.toEqual(batches.at(1));
});
