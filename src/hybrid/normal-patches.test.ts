import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { tinyBackbone } from "../../test/tiny.ts";
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

/** The held-out images that are read, and what is drawn. */
async function draw(seed: number) {
  const read = vi.spyOn(tiny.store, "read");
  const patches = await drawNormalPatches(request(seed), whitening);
  const seen = read.mock.calls.flatMap(([from]) => from).filter((image) => image >= images.length);
  read.mockRestore();
  return { patches, seen: [...seen].sort((a, b) => a - b) };
}

test("of many held-out images some are measured, chosen from all of them at random", async () => {
  const { patches, seen } = await draw(0);
  expect(new Set(seen).size).toBe(60);
  expect(rowCount(patches.measured)).toBe(60 * 64);
  expect(rowCount(patches.learned)).toBe(3 * 64);
  expect(seen).not.toEqual(held.slice(0, 60));
  expect((await draw(1)).seen).not.toEqual(seen);
  expect((await draw(0)).seen).toEqual(seen);
});
