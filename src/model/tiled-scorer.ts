import {
  cutTile,
  type Image,
  overlap,
  type TellSize,
  type Tile,
  TileBlender,
  type Tiling,
  tilesOf,
} from "../pixels/index.ts";
import type { ScoredImage, Scorer } from "./scorer.ts";

/**
 * Scores images tile by tile, each at its own resolution. The score is the worst tile's; the map is blended without seams. Beside image
 * and map `atOnce` tiles are in memory at a time. Throws RSAD_IMAGE_INVALID for an image smaller than a tile.
 */
export class TiledScorer implements Scorer {
  readonly #scorer: Scorer;
  readonly #tiling: Tiling;
  readonly #atOnce: number;

  constructor(scorer: Scorer, tiling: Tiling, atOnce = 1) {
    this.#scorer = scorer;
    this.#tiling = tiling;
    this.#atOnce = atOnce;
  }

  async score(image: Image, signal?: AbortSignal): Promise<ScoredImage> {
    const tiles = tilesOf(image, this.#tiling);
    const blender = new TileBlender(image, this.#tiling);
    let worst = Number.NEGATIVE_INFINITY;
    let total = 0;
    const scoreTile = async (tile: Tile, _index: number, tellSize: TellSize) => {
      tellSize(tile.size ** 2);
      return { tile, ...(await this.#scorer.score(cutTile(image, tile), signal)) };
    };
    for await (const { tile, score, map, seconds } of overlap(tiles, scoreTile, this.#atOnce)) {
      blender.add(tile, map);
      worst = Math.max(worst, score);
      total += seconds;
    }
    return { score: worst, map: blender.finish(), seconds: total };
  }
}

/** The scorer that a graph's images go through: in tiles, if it was trained on tiles, so many at a time. */
export function inTiles(scorer: Scorer, tiling: Tiling | undefined, atOnce = 1): Scorer {
  return tiling === undefined ? scorer : new TiledScorer(scorer, tiling, atOnce);
}
