import { RsadError } from "../errors.ts";
import { type Tiling, tilingOf } from "../pixels/index.ts";
import type { ModelMetadata } from "./metadata.ts";

/** The model's own tiles, or those asked for, of so many pixels a side. Throws RSAD_ARGUMENT_INVALID where both do not go together. */
export function chooseTiling({ tiles, region }: ModelMetadata, size: number | undefined): Tiling | undefined {
  if (size === undefined) return tiles;
  if (tiles !== undefined) {
    throw invalid(`no tiles for a model with its own, of ${tiles.size} pixels`, size, "Leave the tiles out.");
  }
  if (region !== undefined) {
    const hint = "Its mask is of the whole image. Train it with tiles, or inspect without them.";
    throw invalid("no tiles for a model with a region of interest", size, hint);
  }
  checkTileSize(size);
  return tilingOf(size);
}

/** Throws RSAD_ARGUMENT_INVALID unless it is a whole number of at least 16 pixels. */
export function checkTileSize(size: number): void {
  if (Number.isInteger(size) && size >= 16) return;
  throw invalid("a whole number of at least 16 pixels", size, "For example 512.");
}

function invalid(expected: string, received: number, hint: string): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", { subject: "tile", expected, received, hint });
}
