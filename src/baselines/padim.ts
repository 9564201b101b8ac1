import { FeatureReader, type FitRequest, type Fitted, patchGrid, patchRows } from "../features/index.ts";
import { Random } from "../random.ts";
import type { PadimRecipe } from "../recipes/index.ts";
import { checkMemory } from "./memory.ts";
import { checkModelSize } from "./model-size.ts";
import { Moments } from "./moments.ts";
import { padimHead, pickChannels } from "./padim-head.ts";
import { whitening } from "./whitening.ts";

const HINT = "Keep fewer channels (dimensions), or use a smaller input.";

/**
 * PaDiM (Defard et al., 2020): for each position of the grid a Gaussian over a random choice of channels, the same for all
 * positions. Parts must lie alike in all images.
 *
 * The model holds patches * dimensions² * 4 bytes: 41 MB for 1024 patches and 100 channels. Throws RSAD_ARGUMENT_INVALID for
 * a model too large for its format, RSAD_MEMORY_LOW, and the signal's reason after an abort.
 */
export async function fitPadim(request: FitRequest<PadimRecipe>): Promise<Fitted> {
  const { store, recipe, seed } = request;
  const { patches, channels } = patchGrid(store);
  const kept = Math.min(recipe.dimensions, channels);
  checkModelSize(patches * kept * kept * 4, "dimensions", HINT);
  // Sums in double precision, half a matrix each, beside the factors in single precision.
  checkMemory(patches * kept * kept * 8, "the covariances", HINT);

  const order = new Random(seed, "padim", "channels").permutation(channels);
  const chosen = Array.from(order.subarray(0, kept)).sort((a, b) => a - b);
  const moments = await gather(request, chosen);
  const mean = new Float32Array(patches * kept);
  const factors = new Float32Array(patches * kept * kept);
  for (let position = 0; position < patches; position++) {
    mean.set(moments.mean(position), position * kept);
    const covariance = moments.covariance(position);
    covariance.forEach((row, i) => {
      row[i]! += recipe.regularization;
    });
    factors.set(whitening(covariance), position * kept * kept);
  }
  return {
    head: padimHead({ channels: chosen, mean, whitening: factors, inside: store.inside }),
    facts: { channels: kept, positions: patches },
  };
}

async function gather(
  { store, images, runtime, onProgress, signal }: FitRequest<PadimRecipe>,
  channels: readonly number[],
): Promise<Moments> {
  const moments = new Moments(patchGrid(store).patches, channels.length);
  const rows = await FeatureReader.open(store, runtime, (levels) => ({
    picked: pickChannels(patchRows(levels, store), channels),
  }));
  const report = (done: number) => onProgress?.({ phase: "patches", done, total: images.length });
  try {
    let done = 0;
    report(done);
    for await (const { picked } of rows.each(images)) {
      signal?.throwIfAborted();
      moments.add(picked.data as Float32Array);
      report(++done);
    }
    return moments;
  } finally {
    await rows.close();
  }
}
