import { describe, expect, test } from "vitest";
import type { Image } from "../pixels/index.ts";
import { Random } from "../random.ts";
import { calibrate, imageScores } from "./calibrate.ts";
import type { Scorer } from "./scorer.ts";

/** Images whose one byte is their position in a list. */
async function* images(count: number): AsyncGenerator<Image> {
  for (let i = 0; i < count; i++) yield { width: 1, height: 1, data: Uint8Array.of(i) };
}

/** Thresholds from {@link images}; every map is flat, of its score, unless given. */
function given(scores: readonly number[], maps?: readonly Float32Array[]) {
  const scorer: Scorer = {
    async score({ data }: Image) {
      const score = scores[data[0]!]!;
      const map = maps?.[data[0]!] ?? new Float32Array(4).fill(score);
      return { score, map: { width: map.length, height: 1, data: map }, seconds: 0 };
    },
  };
  return calibrate(scorer, images(scores.length));
}

/** The scores 1 to n, shuffled by a stride. */
const scores = (n: number) => Array.from({ length: n }, (_, i) => ((i * 13) % n) + 1);
const above = (value: number) => Math.fround(value + value * 2 ** -23);

describe("the image threshold", () => {
  // ceil((n + 1) * 0.99), but at most n; 13 and n have no common divisor.
  test.each([
    [1, 1],
    [20, 20],
    [98, 98], // of 99 wanted
    [99, 99],
    [100, 100],
    [199, 198],
    [200, 199],
  ])("of %i images lies just above the score of rank %i", async (n, rank) => {
    const { image, count, falseReject, rule } = await given(scores(n));
    expect(image).toBeGreaterThan(rank);
    expect(image).toBeLessThanOrEqual(above(rank));
    expect([count, falseReject!.promised]).toEqual([n, (n + 1 - rank) / (n + 1)]);
    expect(rule).toContain(rank === n ? `the highest score of ${n}` : `score ${rank} in order of ${n}`);
  });

  test("an image that scores as the worst calibration image did stays good", async () => {
    for (const score of [-3.25, 0, -0, 1e-30, 5]) {
      const { image } = await given([score, score, score]);
      expect(image).toBeGreaterThan(score);
      expect(Math.fround(image)).toBe(image);
    }
  });
});

describe("the pixel threshold", () => {
  test("is the highest of the images' own 99.9 % quantiles", async () => {
    const ramp = (top: number) =>
      Float32Array.from({ length: 2000 }, (_, i) => ((i * 7) % 2000) * (top / 1999));
    const { pixel } = await given([3000, 3000], [ramp(1999), ramp(19.99)]);
    expect(pixel).toBe(1997);
  });

  test("is the same in whatever order the images come", async () => {
    const random = new Random(0, "maps");
    const maps = Array.from({ length: 6 }, (_, i) => {
      const map = random.fillNormal(new Float32Array(1500), 1 + i / 10);
      return map.map((value, at) => (at % 7 === i ? Number.NaN : value));
    });
    // By the definition.
    const quantiles = maps.map((map) => {
      const seen = map.filter((value) => !Number.isNaN(value)).sort();
      return seen[Math.ceil(seen.length * 0.999) - 1]!;
    });
    const orders = [maps, [...maps].reverse(), [3, 0, 5, 1, 4, 2].map((i) => maps[i]!)];
    for (const order of orders) {
      const { pixel } = await given([9, 9, 9, 9, 9, 9], order);
      expect(pixel).toBe(Math.max(...quantiles));
    }
  });

  test("leaves out pixels that were not inspected", async () => {
    const map = Float32Array.of(Number.NaN, 1, 2, Number.NaN);
    expect((await given([9], [map])).pixel).toBe(2);
  });

  test("is never above the image threshold", async () => {
    const { image, pixel } = await given([1], [Float32Array.of(5, 6)]);
    expect(pixel).toBe(image);
  });
});

test("scores alone leave the pixels of the maps alone", async () => {
  const map = {
    width: 1,
    height: 1,
    get data(): Float32Array {
      throw new Error("nobody asked for pixels");
    },
  };
  const scorer: Scorer = { score: async ({ data }) => ({ score: -data[0]!, map, seconds: 0 }) };
  expect(await imageScores(scorer, images(3))).toEqual([-2, -1, -0]);
});
