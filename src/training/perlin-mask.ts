import type { Random } from "../random.ts";
import { perlinNoise } from "../synthesis/index.ts";

const MAX_OCTAVE = 5;

/**
 * A random blobby mask on a grid, 1 where Perlin noise exceeds `threshold`; the cell size is drawn for each axis as a power
 * of two, so that masks reach from specks to large areas.
 */
export function perlinMask(random: Random, height: number, width: number, threshold: number): Uint8Array {
  const rows = 2 ** random.integer(MAX_OCTAVE + 1);
  const columns = 2 ** random.integer(MAX_OCTAVE + 1);
  const noise = perlinNoise(random, rows, columns);
  const mask = new Uint8Array(height * width);
  for (let y = 0; y < height; y++) {
    const v = ((y + 0.5) / height) * rows;
    for (let x = 0; x < width; x++) {
      mask[y * width + x] = noise(v, ((x + 0.5) / width) * columns) > threshold ? 1 : 0;
    }
  }
  return mask;
}
