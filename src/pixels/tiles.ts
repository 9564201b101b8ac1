import { RsadError } from "../errors.ts";
import type { Image } from "./image.ts";

/** How images are cut: square tiles at the image's own resolution. */
export interface Tiling {
  /** Pixels a side. */
  readonly size: number;
  /** Pixels that neighbours share at least; at most half of the size. */
  readonly overlap: number;
}

/** A part of an image. */
export interface Tile {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** Neighbours share a quarter, which is wider than what the network's border spoils. */
export function tilingOf(size: number): Tiling {
  return { size, overlap: Math.round(size / 4) };
}

/**
 * Tiles that cover an image, row by row: as few as the overlap allows, evenly spread, all of full size. `subject` names the image
 * where it is smaller than a tile: RSAD_IMAGE_INVALID.
 */
export function tilesOf(
  { width, height }: Pick<Image, "width" | "height">,
  tiling: Tiling,
  subject = "the image",
): Tile[] {
  const { size } = tiling;
  if (Math.min(width, height) < size) {
    throw new RsadError("RSAD_IMAGE_INVALID", {
      subject,
      expected: `at least ${size} x ${size} pixels, a tile,`,
      received: `${width} x ${height}`,
      hint: "Tiles are cut at the images' own resolution: take photos at the same scale, or train with smaller tiles.",
    });
  }
  return starts(height, tiling).flatMap((y) => starts(width, tiling).map((x) => ({ x, y, size })));
}

function starts(length: number, { size, overlap }: Tiling): number[] {
  const count = Math.ceil((length - overlap) / (size - overlap));
  if (count <= 1) return [0];
  return Array.from({ length: count }, (_, i) => Math.round((i * (length - size)) / (count - 1)));
}

/** A copy of a part of an image. */
export function cutTile({ width, data }: Image, { x, y, size }: Tile): Image {
  const cut = new Uint8Array(size * size * 3);
  for (let row = 0; row < size; row++) {
    const start = ((y + row) * width + x) * 3;
    cut.set(data.subarray(start, start + size * 3), row * size * 3);
  }
  return { width: size, height: size, data: cut };
}
