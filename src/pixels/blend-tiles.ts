import type { AnomalyMap } from "./image.ts";
import type { Tile, Tiling } from "./tiles.ts";

/**
 * Joins tiles' maps to one of the whole image. Where tiles overlap, each counts less towards its border, down to nothing, so that no
 * seam shows where they disagree; weights are scaled up to 1, and pixels that a tile did not inspect (NaN) do not count. Holds the
 * map and the weights of one row of tiles.
 */
export class TileBlender {
  readonly #width: number;
  readonly #height: number;
  readonly #tiling: Tiling;
  readonly #map: Float32Array;
  /** Of the rows from `#top` on, as many as a tile has. */
  readonly #weights: Float32Array;
  #top = 0;

  constructor({ width, height }: Pick<AnomalyMap, "width" | "height">, tiling: Tiling) {
    this.#width = width;
    this.#height = height;
    this.#tiling = tiling;
    this.#map = new Float32Array(width * height);
    this.#weights = new Float32Array(width * tiling.size);
  }

  /** Tiles come row by row, as `tilesOf` gives them. */
  add({ x, y, size }: Tile, { data }: AnomalyMap): void {
    this.#settle(y);
    const across = this.#fall(x, this.#width);
    const down = this.#fall(y, this.#height);
    for (let row = 0; row < size; row++) {
      const weightAt = (y - this.#top + row) * this.#width + x;
      const mapAt = (y + row) * this.#width + x;
      for (let column = 0; column < size; column++) {
        const value = data[row * size + column]!;
        if (Number.isNaN(value)) continue;
        const weight = across[column]! * down[row]!;
        this.#map[mapAt + column]! += weight * value;
        this.#weights[weightAt + column]! += weight;
      }
    }
  }

  /** After the last tile. */
  finish(): AnomalyMap {
    this.#settle(this.#height);
    return { width: this.#width, height: this.#height, data: this.#map };
  }

  /** Divides the rows above `until`, to which nothing more comes, by their weights; 0 / 0 is NaN. */
  #settle(until: number): void {
    const count = (until - this.#top) * this.#width;
    const start = this.#top * this.#width;
    for (let i = 0; i < count; i++) this.#map[start + i]! /= this.#weights[i]!;
    this.#weights.copyWithin(0, count);
    this.#weights.fill(0, this.#weights.length - count);
    this.#top = until;
  }

  /** A tile's weights along an axis: linear over the overlap, but whole towards the image's own border. */
  #fall(start: number, length: number): Float32Array {
    const { size, overlap } = this.#tiling;
    return Float32Array.from({ length: size }, (_, i) => {
      const before = start === 0 ? 1 : Math.min(1, (i + 0.5) / overlap);
      const after = start + size === length ? 1 : Math.min(1, (size - i - 0.5) / overlap);
      return Math.min(before, after);
    });
  }
}
