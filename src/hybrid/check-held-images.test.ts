import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { tinyBackbone } from "../../test/tiny.ts";
import type { Sample } from "../datasets/index.ts";
import { type TinyStore, tinyStore } from "../features/testing/tiny-store.ts";
import type { Progress } from "../progress.ts";
import { METHODS, recipe } from "../recipes/index.ts";
import { fitHybrid, type HybridFitRequest } from "./fit.ts";

const images = [0, 1, 2];
const settings = recipe(METHODS.hybrid, {
  preprocessing: { fit: "stretch", size: 32 },
  "whitening.components": 5,
  painting: "none",
  memory: "none",
  "discriminator.hidden": [4],
  "length.steps": 2,
  patches: 8,
});

let tiny: TinyStore;
let runs = 0;
beforeAll(async () => {
  tiny = await tinyStore(settings, 70);
});
afterAll(() => tiny.remove());

/** The phases of a fit with so many images held out. */
async function phases(held: number, change: Partial<HybridFitRequest>, seen: Progress[] = []) {
  const folder = join(tiny.folder, `run-${runs++}`);
  await mkdir(folder);
  await fitHybrid({
    ...tiny,
    images,
    held: heldOut(held),
    recipe: settings,
    seed: 0,
    backbone: tinyBackbone(),
    folder,
    lossLog: join(folder, "losses.jsonl"),
    onProgress: (progress) => seen.push(progress),
    ...change,
  });
  return seen;
}

const heldOut = (count: number) => Array.from({ length: count }, (_, i) => i + images.length);

test("a held-out image that learning does not read is told before anything is learned, if it is broken", async () => {
  const each = vi.spyOn(tiny.store, "each");
  const whole = await phases(67, {});
  const read = new Set(each.mock.calls.flatMap(([some]) => some));
  each.mockRestore();
  const unread = heldOut(67).filter((image) => !read.has(image));
  expect(unread).toHaveLength(7);
  const checked = whole.filter(({ phase }) => phase === "checking images");
  expect(checked.map(({ done }) => done)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);

  const path = join(tiny.folder, "broken.png");
  await writeFile(path, "no image");
  for (const broken of [unread[0]!, unread.at(-1)!]) {
    const samples = tiny.samples.map((sample, i): Sample => (i === broken ? { ...sample, path } : sample));
    const seen: Progress[] = [];
    await expect(phases(67, { samples }, seen)).rejects.toMatchObject({
      code: "RSAD_IMAGE_INVALID",
      subject: path,
    });
    expect(new Set(seen.map(({ phase }) => phase))).toEqual(new Set(["checking images"]));
  }
});

test("of as many as are read none is read again", async () => {
  expect((await phases(60, {})).map(({ phase }) => phase)).not.toContain("checking images");
});

test("an abort meanwhile throws the signal's reason", async () => {
  const abort = new AbortController();
  const reason = new Error("enough");
  const seen: Progress[] = [];
  const onProgress = (progress: Progress) => {
    seen.push(progress);
    if (progress.done === 2) abort.abort(reason);
  };
  await expect(phases(67, { signal: abort.signal, onProgress })).rejects.toBe(reason);
  expect(seen.at(-1)).toMatchObject({ phase: "checking images", done: 2 });
});
