import { cutSamples, type Sample } from "../datasets/index.ts";
import { RsadError } from "../errors.ts";
import { checkTileSize } from "../model/index.ts";
import { type Tiling, tilingOf } from "../pixels/index.ts";
import type { Split } from "./split.ts";
import type { TrainRequest } from "./train-request.ts";

/** What is learned from: whole images, or their tiles. */
export interface LearningSamples {
  readonly samples: readonly Sample[];
  /** Places in `samples`, ascending. */
  readonly images: readonly number[];
  /** Those of held-out images: an image is held out as a whole, never tile by tile. */
  readonly held: readonly number[];
  readonly tiling?: Tiling;
}

/** Throws RSAD_ARGUMENT_INVALID for tiles of a size that cannot be, or together with a mask. */
export function checkTiles({ tile: size, mask }: Pick<TrainRequest, "tile" | "mask">): void {
  if (size === undefined) return;
  if (mask !== undefined) throw bothGiven(mask);
  checkTileSize(size);
}

/** Cuts the images of a split into tiles of `size` pixels, if there are to be any. Throws RSAD_IMAGE_INVALID. */
export async function learningSamples(
  samples: readonly Sample[],
  { train, holdout }: Split,
  size: number | undefined,
): Promise<LearningSamples> {
  if (size === undefined) return { samples, images: train, held: holdout };
  const tiling = tilingOf(size);
  const { tiles, imageOf } = await cutSamples(samples, tiling);
  const tilesOf = (chosen: readonly number[]) => {
    const wanted = new Set(chosen);
    return Array.from(imageOf.keys()).filter((tile) => wanted.has(imageOf[tile]!));
  };
  return { samples: tiles, images: tilesOf(train), held: tilesOf(holdout), tiling };
}

function bothGiven(mask: string): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "mask",
    expected: "whole images to inspect a part of, not tiles,",
    received: mask,
    hint: "Leave out one of mask and tile.",
  });
}
