import { cutTile, type Image, TileBlender, type Tiling, tilesOf } from "../pixels/index.ts";
import type { ScoredImage, Scorer } from "./scorer.ts";

/**
 * Scores images tile by tile, each at its own resolution. The score is the worst tile's; the map is blended without seams. Beside image
 * and map one tile is in memory at a time. Throws RSAD_IMAGE_INVALID for an image smaller than a tile.
 */
export class TiledScorer implements Scorer {
  readonly #scorer: Scorer;
  readonly #tiling: Tiling;

  constructor(scorer: Scorer, tiling: Tiling) {
    this.#scorer = scorer;
    this.#tiling = tiling;
  }

  async score(image: Image, signal?: AbortSignal): Promise<ScoredImage> {
    const tiles = tilesOf(image, this.#tiling);
    const blender = new TileBlender(image, this.#tiling);
    let worst = Number.NEGATIVE_INFINITY;
    let total = 0;
    for (const tile of tiles) {
      const { score, map, seconds } = await this.#scorer.score(cutTile(image, tile), signal);
      blender.add(tile, map);
      worst = Math.max(worst, score);
      total += seconds;
    }
    return { score: worst, map: blender.finish(), seconds: total };
  }
}

/** The scorer that a graph's images go through: in tiles, if it was trained on tiles. */
export function inTiles(scorer: Scorer, tiling: Tiling | undefined): Scorer {
  return tiling === undefined ? scorer : new TiledScorer(scorer, tiling);
}
