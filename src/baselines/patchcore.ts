import {
  FeatureReader,
  type FitRequest,
  type Fitted,
  greedyCoreset,
  patchGrid,
  patchRows,
} from "../features/index.ts";
import { Random } from "../random.ts";
import type { PatchCoreRecipe } from "../recipes/index.ts";
import { checkModelSize } from "./model-size.ts";
import { patchCoreHead } from "./patchcore-head.ts";
import { type ProjectedPatches, projectPatches } from "./projection.ts";

/**
 * PatchCore (Roth et al., CVPR 2022): a memory bank of the training images' patch vectors, thinned out to a greedy coreset.
 *
 * Memory: all vectors in their projection, images * patches * projection * 4 bytes, and the bank, vectors * channels * 4, which
 * is the model's size too. Throws, before it starts, RSAD_MEMORY_LOW and, for a bank too large for a model file,
 * RSAD_ARGUMENT_INVALID; the signal's reason after an abort.
 */
export async function fitPatchCore(request: FitRequest<PatchCoreRecipe>): Promise<Fitted> {
  const { store, images, recipe, seed, runtime, onProgress, signal } = request;
  const { share, cap, projection } = recipe.coreset;
  const { patches, channels } = patchGrid(store);
  const total = images.length * patches;
  const wanted = Math.max(1, Math.round(total * share));
  const count = cap === "none" ? wanted : Math.min(wanted, cap);

  checkModelSize(count * channels * 4, "coreset", "Set coreset.share or coreset.cap lower.");

  const projected = await projectPatches({ store, images, projection, seed, runtime, onProgress, signal });
  const chosen = await chooseVectors(request, projected, count);
  const bank = await readVectors(request, chosen);
  return {
    head: patchCoreHead({ bank, channels, neighbours: recipe.reweight }),
    facts: { vectors: chosen.length },
  };
}

/** Indices among all patches, image by image. */
async function chooseVectors(
  { seed, runtime, onProgress, signal }: FitRequest<PatchCoreRecipe>,
  { points, dimensions }: ProjectedPatches,
  count: number,
): Promise<number[]> {
  const report = (done: number, total: number) => onProgress?.({ phase: "coreset", done, total });
  report(0, count);
  const start = new Random(seed, "coreset", "start").integer(points.length / dimensions);
  const onChosen = (done: number) => report(done, count);
  const chosen = await greedyCoreset({ points, dimensions, count, start, runtime, onChosen, signal });
  report(chosen.length, chosen.length);
  return chosen;
}

/** Whole vectors from the store, in the order of the store. */
async function readVectors(
  { store, images, runtime, signal }: FitRequest<PatchCoreRecipe>,
  chosen: readonly number[],
): Promise<Float32Array> {
  const { patches, channels } = patchGrid(store);
  const bank = new Float32Array(chosen.length * channels);
  const rows = await FeatureReader.open(store, runtime, (levels) => ({
    rows: patchRows(levels, store),
  }));
  try {
    let filled = 0;
    const groups = [...groupByImage(chosen, patches)];
    let read = 0;
    for await (const { rows: found } of rows.each(groups.map(([image]) => images[image]!))) {
      signal?.throwIfAborted();
      const vectors = found.data as Float32Array;
      for (const patch of groups[read++]![1]) {
        bank.set(vectors.subarray(patch * channels, (patch + 1) * channels), filled);
        filled += channels;
      }
    }
    return bank;
  } finally {
    await rows.close();
  }
}

function groupByImage(chosen: readonly number[], patches: number): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const index of [...chosen].sort((a, b) => a - b)) {
    const image = Math.floor(index / patches);
    const group = groups.get(image) ?? [];
    group.push(index % patches);
    groups.set(image, group);
  }
  return groups;
}
