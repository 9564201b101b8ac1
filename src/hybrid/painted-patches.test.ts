import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { tinyBackbone } from "../../test/tiny.ts";
import { type TinyStore, tinyStore } from "../features/testing/tiny-store.ts";
import { slice } from "../graph/index.ts";
import { decodeImage } from "../images/index.ts";
import { cellGrid } from "../pixels/index.ts";
import { METHODS, recipe } from "../recipes/index.ts";
import { drawPaintedPatches } from "./painted-patches.ts";
import type { HybridRequest } from "./request.ts";
import { type Rows, rowCount } from "./rows.ts";
import { openWhitenedRows } from "./whitened-rows.ts";
import { type FittedWhitening, fitWhitening } from "./whitening.ts";

vi.mock("../images/index.ts", async (importOriginal) => {
  const original = await importOriginal<typeof import("../images/index.ts")>();
  return { ...original, decodeImage: vi.fn(original.decodeImage) };
});

const images = [0, 1, 2];
const settings = recipe(METHODS.hybrid, {
  preprocessing: { fit: "stretch", size: 32 },
  "whitening.components": 5,
});

let tiny: TinyStore;
let whitening: FittedWhitening;
beforeAll(async () => {
  tiny = await tinyStore(settings, 4);
  whitening = await fitWhitening(request());
});
afterAll(() => tiny.remove());

function request(change: Partial<HybridRequest> = {}): HybridRequest {
  const backbone = tinyBackbone();
  return { ...tiny, images, recipe: settings, seed: 0, backbone, lossLog: "", ...change };
}

const draw = (painted: number, change?: Partial<HybridRequest>) =>
  drawPaintedPatches(request(change), { images: painted, coverage: 0.3 }, whitening);

/** For each row, the distance to the nearest patch of the images as they are. */
async function distances({ data, width }: Rows): Promise<number[]> {
  const rows = await openWhitenedRows(tiny.store, whitening, tiny.runtime);
  const clean: Float32Array[] = [];
  for await (const image of rows.each(images)) {
    const values = image.rows.data as Float32Array;
    for (let i = 0; i < values.length; i += width) clean.push(values.subarray(i, i + width));
  }
  await rows.close();
  return Array.from({ length: data.length / width }, (_, row) => {
    const own = data.subarray(row * width, (row + 1) * width);
    return Math.min(...clean.map((patch) => Math.hypot(...patch.map((value, c) => value - own[c]!))));
  });
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

test("patches beside painted defects are patches of the image, painted ones lie off all of them", async () => {
  const { defect, normal } = await draw(12);
  for (const rows of [defect, normal]) {
    expect(rows.width).toBe(5);
    expect(rowCount(rows)).toBeGreaterThan(0);
    expect(rowCount(rows)).toBeLessThanOrEqual(12 * 48);
    expect(rows.data.buffer.byteLength).toBe(12 * 48 * 5 * 4);
  }
  const [off, beside] = [await distances(defect), await distances(normal)];
  // Not 0: frames are rounded to whole grey levels, and the coarser level sees further than the next patch.
  expect(median(beside)).toBeLessThan(0.15);
  expect(median(off)).toBeGreaterThan(3 * median(beside));
});

test("the same seed draws the same, others others, from the training images alone", async () => {
  const one = await draw(12);
  expect(await draw(12)).toEqual(one);
  expect(await draw(12, { seed: 1 })).not.toEqual(one);
  const others = tiny.samples.map((sample, i) => (i < 3 ? sample : { ...sample, path: "missing.png" }));
  expect(await draw(12, { samples: others })).toEqual(one);
});

test("decodes an image once for all of its tiles", async () => {
  const tiles = [0, 4, 8].map((x) => ({ x, y: 0, size: 32 }));
  const samples = tiny.samples.slice(0, 3).flatMap((sample) => tiles.map((tile) => ({ ...sample, tile })));
  vi.mocked(decodeImage).mockClear();
  const { defect } = await draw(12, { samples, images: [...samples.keys()] });
  expect(rowCount(defect)).toBeGreaterThan(0);
  expect(decodeImage).toHaveBeenCalledTimes(3);
});

test("tells how far it is, and stops with the signal's reason", async () => {
  const progress: number[] = [];
  const abort = new AbortController();
  const reason = new Error("enough");
  const onProgress: HybridRequest["onProgress"] = ({ phase, done, total }) => {
    expect([phase, total]).toEqual(["pseudo-defects", 9]);
    progress.push(done);
    if (done === 3) abort.abort(reason);
  };
  await expect(draw(9, { onProgress, signal: abort.signal })).rejects.toBe(reason);
  expect(progress).toEqual([0, 1, 2, 3]);
});

test("a grid on which every patch lies beside every other is refused at once, and told by its size", async () => {
  const backbone = tinyBackbone();
  const coarse: HybridRequest["backbone"] = {
    ...backbone,
    taps: backbone.taps.map((tap) => ({ ...tap, height: 2, width: 2, grid: cellGrid(2, 2) })),
    build: (pixels) => backbone.build(pixels).map((level) => slice(slice(level, 2, 0, 2), 3, 0, 2)),
  };
  const onProgress = () => expect.unreachable();
  await expect(draw(3, { backbone: coarse, onProgress })).rejects.toMatchObject({
    code: "RSAD_ARGUMENT_INVALID",
    received: "2 x 2",
    hint: expect.stringContaining("preprocessing.size"),
  });
});
