import { patchGrid } from "../features/index.ts";
import { Random } from "../random.ts";
import type { HybridRecipe } from "../recipes/index.ts";
import type { Whitening } from "../stages/index.ts";
import type { HybridRequest } from "./request.ts";
import { RowCollector, type Rows } from "./rows.ts";
import { openWhitenedRows } from "./whitened-rows.ts";

/** Patches that the discriminator draws from, and those that the bank is chosen from; they bound the memory. */
const LEARNED_FROM = 60_000;
const REMEMBERED_FROM = 200_000;
/** Held-out images, and patches of each, that the parts of the score are measured on. */
export const MEASURED_IMAGES = 60;
export const MEASURED_PATCHES = 256;
/** Share of its patches that a training image which stands in for a held-out one keeps from learning, at most. */
const KEPT_BACK = 0.25;

export interface NormalPatches {
  /** Whitened patches, all components. */
  readonly learned: Rows;
  /** As many components as the bank has; absent where there is to be none. */
  readonly remembered: Rows | undefined;
  /** Of images that were held out, where there are any. */
  readonly measured: Rows;
}

/** Draws patches of the good images, evenly from all of them. */
export async function drawNormalPatches(
  request: HybridRequest,
  whitening: Whitening,
): Promise<NormalPatches> {
  const { store, images, held = [], recipe, seed, runtime, onProgress, signal } = request;
  const width = whitening.components;
  const bankWidth = bankComponents(recipe, width);
  const ofEach = { learned: LEARNED_FROM / images.length, remembered: REMEMBERED_FROM / images.length };
  const { patches } = patchGrid(store);
  const expected = (count: number) => images.length * Math.min(Math.ceil(count), patches);
  const learned = new RowCollector(width, expected(ofEach.learned));
  const remembered =
    bankWidth === undefined ? undefined : new RowCollector(bankWidth, expected(ofEach.remembered));
  const measuredOn = new Set(measuredImages(images, held, seed));
  const measured = new RowCollector(width, measuredOn.size * Math.min(MEASURED_PATCHES, patches));
  // In the folder's order: an image whose tiles come one after the other is decoded once.
  const all = [...new Set([...images, ...measuredOn])].sort((a, b) => a - b);
  const trained = new Set(images);

  const report = (done: number) => onProgress?.({ phase: "patches", done, total: all.length });
  const rows = await openWhitenedRows(store, whitening, runtime);
  try {
    let done = 0;
    report(done);
    for await (const whitened of rows.each(all)) {
      signal?.throwIfAborted();
      const data = whitened.rows.data as Float32Array;
      const image = all[done]!;
      const order = new Random(seed, "patches", image).permutation(data.length / width);
      // What the bank holds is no measure of how far from it good patches lie.
      const stands = trained.has(image) && measuredOn.has(image);
      const kept = stands ? Math.min(MEASURED_PATCHES, Math.floor(KEPT_BACK * order.length)) : 0;
      const some = (count: number) => order.subarray(0, Math.min(Math.ceil(count), order.length - kept));
      if (trained.has(image)) {
        learned.add({ data, width }, some(ofEach.learned));
        remembered?.add({ data, width }, some(ofEach.remembered));
      }
      if (measuredOn.has(image)) measured.add({ data, width }, order.slice(-(kept || MEASURED_PATCHES)));
      report(++done);
    }
  } finally {
    await rows.close();
  }
  return {
    learned: learned.rows(),
    remembered: remembered?.rows(),
    measured: measured.rows(),
  };
}

/** The images that the parts of the score are measured on; of the images to learn from where none are held out. */
export function measuredImages(
  images: readonly number[],
  held: readonly number[],
  seed: number,
): readonly number[] {
  const good = held.length > 0 ? held : images;
  // Neighbours in the folder may have been taken under one light.
  const order = new Random(seed, "measured").permutation(good.length).subarray(0, MEASURED_IMAGES);
  return Array.from(order, (at) => good[at]!);
}

function bankComponents({ memory }: HybridRecipe, components: number): number | undefined {
  return memory === "none" ? undefined : Math.min(memory.components, components);
}
