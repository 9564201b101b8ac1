import fc from "fast-check";
import { expect, test } from "vitest";
import { Random } from "../random.ts";
import { Moments } from "./moments.ts";

const POSITIONS = 2;
const SIZE = 3;

test("are those of each position's own vectors, wherever they lie", () => {
  const sample = fc.record({
    count: fc.integer({ min: 2, max: 12 }),
    offset: fc.constantFrom(0, 1, 5000),
    seed: fc.nat(),
  });
  fc.assert(
    fc.property(sample, ({ count, offset, seed }) => {
      const images = Array.from({ length: count }, (_, i) =>
        new Random(seed, i).fillNormal(new Float32Array(POSITIONS * SIZE)).map((value) => value + offset),
      );
      const moments = new Moments(POSITIONS, SIZE);
      for (const image of images) moments.add(image);
      for (let position = 0; position < POSITIONS; position++) {
        const vectors = images.map((image) => image.subarray(position * SIZE, (position + 1) * SIZE));
        const mean = [0, 1, 2].map((c) => vectors.reduce((sum, vector) => sum + vector[c]!, 0) / count);
        moments.mean(position).forEach((value, c) => {
          expect(value).toBeCloseTo(mean[c]!, 9);
        });
        moments.covariance(position).forEach((row, a) => {
          row.forEach((value, b) => {
            const expected = vectors.reduce(
              (sum, vector) => sum + (vector[a]! - mean[a]!) * (vector[b]! - mean[b]!),
              0,
            );
            expect(value).toBeCloseTo(expected / (count - 1), 9);
          });
        });
      }
    }),
  );
});
