import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Image, type Tile, TileBlender, type Tiling, tilesOf } from "../pixels/index.ts";
import type { Scorer } from "./scorer.ts";
import { TiledScorer } from "./tiled-scorer.ts";

/** Each pixel's red value, whatever lies around it. */
const red: Scorer = {
  async score({ width, height, data }) {
    const map = Float32Array.from({ length: width * height }, (_, i) => data[3 * i]!);
    return { score: Math.max(...map), map: { width, height, data: map }, seconds: 1 };
  },
};

function picture(width: number, height: number): Image {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 2654435761) >>> 24);
  return { width, height, data };
}

const layouts = fc
  .record({
    size: fc.integer({ min: 4, max: 20 }),
    share: fc.double({ min: 0, max: 0.5, noNaN: true }),
    moreWidth: fc.nat(50),
    moreHeight: fc.nat(50),
  })
  .map(({ size, share, moreWidth, moreHeight }) => ({
    tiling: { size, overlap: Math.floor(share * size) } satisfies Tiling,
    width: size + moreWidth,
    height: size + moreHeight,
  }));

test("tiles cover the image, lie in it, and overlap by as much as was asked for", () => {
  fc.assert(
    fc.property(layouts, ({ tiling, width, height }) => {
      const tiles = tilesOf({ width, height }, tiling);
      const covered = new Uint8Array(width * height);
      for (const { x, y, size } of tiles) {
        expect([size, x >= 0, y >= 0, x + size <= width, y + size <= height]).toEqual([
          tiling.size,
          true,
          true,
          true,
          true,
        ]);
        for (let row = y; row < y + size; row++) covered.fill(1, row * width + x, row * width + x + size);
      }
      expect(covered.includes(0)).toBe(false);
      const columns = tiles.filter(({ y }) => y === 0).map(({ x }) => x);
      for (const [i, x] of columns.slice(1).entries()) {
        expect(columns[i]! + tiling.size - x).toBeGreaterThanOrEqual(tiling.overlap);
      }
    }),
  );
});

test("what does not depend on a pixel's surroundings comes out as without tiles", async () => {
  await fc.assert(
    fc.asyncProperty(layouts, async ({ tiling, width, height }) => {
      const image = picture(width, height);
      const whole = await red.score(image);
      const { score, map, seconds } = await new TiledScorer(red, tiling).score(image);
      expect(score).toBe(whole.score);
      expect(seconds).toBe(tilesOf(image, tiling).length);
      expect([map.width, map.height]).toEqual([width, height]);
      for (const [i, value] of map.data.entries()) expect(value).toBeCloseTo(whole.map.data[i]!, 3);
    }),
  );
});

describe("blending", () => {
  const size = { width: 160, height: 96 };
  const tiling = { size: 32, overlap: 8 };
  const blend = (at: (tile: Tile, i: number) => number) => {
    const blender = new TileBlender(size, tiling);
    for (const tile of tilesOf(size, tiling)) {
      const data = Float32Array.from({ length: 32 * 32 }, (_, i) => at(tile, i));
      blender.add(tile, { width: 32, height: 32, data });
    }
    return blender.finish().data;
  };
  const steps = (data: Float32Array) =>
    Array.from(data.keys(), (i) => {
      const right = i % size.width < size.width - 1 ? Math.abs(data[i + 1]! - data[i]!) : 0;
      const below = i + size.width < data.length ? Math.abs(data[i + size.width]! - data[i]!) : 0;
      return Math.max(right, below);
    });

  test("tiles that disagree by 1 fade into each other: no step is larger than the fade's", () => {
    const data = blend(({ x, y }) => (Math.floor(x / 24) + Math.floor(y / 24)) % 2);
    expect(Math.min(...data)).toBe(0);
    expect(Math.max(...data)).toBe(1);
    expect(Math.max(...steps(data))).toBeLessThanOrEqual(1 / tiling.overlap + 1e-6);
  });

  test("a wrong row along a tile's border, as padding makes one, all but vanishes inside the image", () => {
    const wrong = blend((_, i) => (i % 32 === 0 || i % 32 === 31 ? 1 : 0));
    for (const [i, value] of wrong.entries()) {
      const x = i % size.width;
      if (x > 0 && x < size.width - 1) expect(value).toBeLessThan(0.1);
    }
  });

  test("pixels that one tile did not inspect are the other's; that none did, NaN", () => {
    const data = blend((_, i) => (i % 32 < 4 || i % 32 >= 28 ? Number.NaN : 7));
    for (const [i, value] of data.entries()) {
      const x = i % size.width;
      if (x < 4 || x >= size.width - 4) expect(value).toBeNaN();
      else expect(value).toBeCloseTo(7, 5);
    }
  });
});

test("several tiles at a time come to the same, whichever is scored first", async () => {
  let [now, most, begun] = [0, 0, 0];
  const slow: Scorer = {
    async score(image) {
      most = Math.max(most, ++now);
      await setTimeout(begun++ % 3 === 0 ? 8 : 1);
      now--;
      return red.score(image);
    },
  };
  const image = picture(100, 60);
  const tiling = { size: 20, overlap: 5 };
  expect(await new TiledScorer(slow, tiling, 3).score(image)).toEqual(
    await new TiledScorer(red, tiling).score(image),
  );
  expect(most).toBe(3);
});

test("an abort is seen between tiles", async () => {
  const abort = new AbortController();
  let tiles = 0;
  const counting: Scorer = {
    score(image, signal) {
      signal?.throwIfAborted();
      if (++tiles === 3) abort.abort(new Error("enough"));
      return red.score(image);
    },
  };
  const scorer = new TiledScorer(counting, { size: 8, overlap: 2 });
  await expect(scorer.score(picture(80, 8), abort.signal)).rejects.toThrow("enough");
  expect(tiles).toBe(3);
});

test.each([32, 1e9])(
  "an image smaller than a tile of %d is refused, whatever memory the tile would take",
  async (size) => {
    const small = new TiledScorer(red, { size, overlap: size / 4 }).score(picture(31, 64));
    await expect(small).rejects.toMatchObject({ code: "RSAD_IMAGE_INVALID", received: "31 x 64" });
  },
);
