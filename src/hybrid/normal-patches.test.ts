import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { tinyBackbone } from "../../test/tiny.ts";
import type { FeatureSource } from "../features/index.ts";
import { type TinyStore, tinyStore } from "../features/testing/tiny-store.ts";
import { METHODS, recipe } from "../recipes/index.ts";
import { drawNormalPatches } from "./normal-patches.ts";
import { rowCount } from "./rows.ts";
import { type FittedWhitening, fitWhitening } from "./whitening.ts";

const IMAGES = 70;
const images = [0, 1, 2];
const held = Array.from({ length: IMAGES - images.length }, (_, i) => i + images.length);
const settings = recipe(METHODS.hybrid, {
  preprocessing: { fit: "stretch", size: 32 },
  "whitening.components": 5,
});

let tiny: TinyStore;
let whitening: FittedWhitening;
beforeAll(async () => {
  tiny = await tinyStore(settings, IMAGES);
  whitening = await fitWhitening(request(0));
});
afterAll(() => tiny.remove());

function request(seed: number) {
  return { ...tiny, images, held, recipe: settings, seed, backbone: tinyBackbone(), lossLog: "" };
}

/** The held-out images that are read, in that order, and what is drawn. */
async function draw(seed: number) {
  const each = vi.spyOn(tiny.store, "each");
  const patches = await drawNormalPatches(request(seed), whitening);
  const seen = each.mock.calls.flatMap(([from]) => from).filter((image) => image >= images.length);
  each.mockRestore();
  return { patches, seen };
}

test("of many held-out images some are measured, chosen from all of them at random", async () => {
  const { patches, seen } = await draw(0);
  expect(new Set(seen).size).toBe(60);
  expect(rowCount(patches.measured)).toBe(60 * 64);
  expect(rowCount(patches.learned)).toBe(3 * 64);
  // Space is kept for no more than can come.
  for (const { data } of [patches.measured, patches.learned, patches.remembered!]) {
    expect(data.buffer.byteLength).toBe(data.byteLength);
  }
  expect(seen).not.toEqual(held.slice(0, 60));
  expect((await draw(1)).seen).not.toEqual(seen);
  expect((await draw(0)).seen).toEqual(seen);
});

test("images are read in the folder's order, so that tiles of one come one after the other", async () => {
  const { seen } = await draw(0);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
});

test.each([5000, 10_000])("of %i images no more patches are in memory than of fewer", async (count) => {
  const levels = await tiny.store.read([0]);
  const read = new Map<number, number>();
  const store: FeatureSource = {
    inside: undefined,
    key: "many",
    levels: tiny.store.levels,
    precision: tiny.store.precision,
    channels: tiny.store.channels,
    statistics: tiny.store.statistics,
    async *each(images) {
      for (const image of images) {
        read.set(image, (read.get(image) ?? 0) + 1);
        yield levels;
      }
    },
  };
  const many = Array.from({ length: count }, (_, i) => i);
  const patches = await drawNormalPatches({ ...request(0), store, images: many, held: [count] }, whitening);
  expect(read.size).toBe(count + 1);
  expect(Math.max(...read.values())).toBe(1);
  for (const [rows, bound] of [
    [patches.learned, 60_000],
    [patches.remembered!, 200_000],
  ] as const) {
    expect(rowCount(rows)).toBeGreaterThanOrEqual(bound);
    expect(rowCount(rows)).toBeLessThan(bound + count);
  }
});
