import type { Sample } from "../datasets/index.ts";
import { type FeatureSource, type Head, patchGrid } from "../features/index.ts";
import { type Runtime, reshape } from "../graph/index.ts";
import { fitWhitening, openWhitenedRows } from "../hybrid/index.ts";
import { Random } from "../random.ts";
import { type Whitening, whiten } from "../stages/index.ts";
import { differentRows } from "./different-rows.ts";
import { distanceToImages, type ImageBank } from "./image-bank.ts";

/** Principal components, in their own proportions: what the default recipe's bank is searched in. */
const COMPONENTS = 128;
/** Vectors of a bank, and images that they are of, at most: what bounds the time an image takes. */
const VECTORS = 16_000;
const IMAGES = 1000;
/** More of one image add little to what it says of good parts. */
const MOST_PER_IMAGE = 64;
/** How many-th of the nearest images counts: two others may have the same defect and excuse nothing. */
const RANK = 3;

export interface FoldRequest {
  readonly store: FeatureSource;
  /** The store's images, in its order. */
  readonly samples: readonly Sample[];
  /** Places of the images to fit on, at least two. */
  readonly images: readonly number[];
  readonly seed: number;
  readonly runtime: Runtime;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fits a detector that puts up with defects in what it is fitted on: a patch's score is its distance to the third nearest
 * image, an image standing for itself by its most different patches. A bank that is chosen for its variety from all images
 * together, as PatchCore's, would collect the very defects that are looked for, and a single one of them excuses the others.
 */
export async function fitFold(request: FoldRequest): Promise<Head> {
  const whitening = await fitComponents(request);
  const bank = await drawBank(request, whitening);
  const rank = Math.min(RANK, bank.vectors.length / bank.width / bank.perImage);
  return (levels, grids) => {
    const { rows, height, width } = whiten(levels, grids, whitening);
    return { patches: reshape(distanceToImages(rows, bank, rank), [1, 1, height, width]) };
  };
}

/** Principal components in the features' own unit: a unit of each fold's would set apart scores that are ranked together. */
async function fitComponents(request: FoldRequest): Promise<Whitening> {
  const { mean, matrix, components, scales, deviation } = await fitWhitening({
    ...request,
    recipe: { whitening: { components: COMPONENTS, power: 0 } },
  });
  // At the power 0 all scales are the same.
  const unit = deviation / scales[0]!;
  return { mean, matrix: matrix.map((value) => value * unit), components };
}

async function drawBank(
  { store, images, seed, runtime, signal }: FoldRequest,
  whitening: Whitening,
): Promise<ImageBank> {
  const width = whitening.components;
  const { patches } = patchGrid(store);
  const some = new Random(seed, "bank").permutation(images.length).subarray(0, IMAGES).sort();
  const perImage = Math.min(patches, MOST_PER_IMAGE, Math.floor(VECTORS / some.length));
  const vectors = new Float32Array(some.length * perImage * width);
  const rows = await openWhitenedRows(store, whitening, runtime);
  try {
    let filled = 0;
    const chosen = Array.from(some, (at) => images[at]!);
    for await (const whitened of rows.each(chosen)) {
      signal?.throwIfAborted();
      const data = whitened.rows.data as Float32Array;
      for (const patch of differentRows(data, width, perImage)) {
        vectors.set(data.subarray(patch * width, (patch + 1) * width), filled);
        filled += width;
      }
    }
  } finally {
    await rows.close();
  }
  return { vectors, width, perImage };
}
