import {
  cutTile,
  decodeImage,
  type Image,
  readImageSize,
  type TellSize,
  type Tiling,
  tilesOf,
} from "../images/index.ts";
import type { Sample } from "./dataset.ts";

/** Decodes the whole image of a sample; work for `overlap`. Throws what `decodeImage` throws. */
export async function decodeSample(
  sample: Sample,
  index: number,
  tellSize: TellSize,
): Promise<{ readonly sample: Sample; readonly image: Image; readonly index: number }> {
  const image = await decodeImage(sample.path);
  tellSize(image.width * image.height);
  return { sample, image, index };
}

/** Decodes samples, and of one that is a tile the tile alone. */
export type ReadSample = (sample: Sample, tellSize: TellSize) => Promise<Image>;

/**
 * A reader that keeps the last image while tiles of it are asked for, so that each image is decoded once where its tiles come one after
 * the other. `tellSize` is told of whole images, since these fill the memory. What it gives throws what `decodeImage` throws.
 */
export function sampleReader(): ReadSample {
  let last: { readonly path: string; readonly image: Promise<Image> } | undefined;
  return async ({ path, tile }, tellSize) => {
    if (tile !== undefined && last?.path !== path) last = { path, image: decodeImage(path) };
    const image = await (tile !== undefined && last !== undefined ? last.image : decodeImage(path));
    tellSize(image.width * image.height);
    return tile === undefined ? image : cutTile(image, tile);
  };
}

/**
 * Every tile of every image as a sample, image by image, and each one's image, by its place. Throws RSAD_IMAGE_INVALID for one that
 * cannot be read or is smaller than a tile.
 */
export async function cutSamples(
  samples: readonly Sample[],
  tiling: Tiling,
): Promise<{ readonly tiles: readonly Sample[]; readonly imageOf: readonly number[] }> {
  const tiles: Sample[] = [];
  const imageOf: number[] = [];
  for (const [image, sample] of samples.entries()) {
    for (const tile of tilesOf(await readImageSize(sample.path), tiling, sample.path)) {
      tiles.push({ ...sample, tile });
      imageOf.push(image);
    }
  }
  return { tiles, imageOf };
}
