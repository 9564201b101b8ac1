import type { Random } from "../random.ts";

const MAX_OCTAVE = 5;

/**
 * A random blobby mask on a grid, 1 where gradient noise (Perlin 1985), scaled to
 * [-1, 1], exceeds `threshold`; the cell size is drawn for each axis as a power of two, so that masks reach from specks to large areas.
 */
export function perlinMask(random: Random, height: number, width: number, threshold: number): Uint8Array {
  const rows = 2 ** random.integer(MAX_OCTAVE + 1);
  const columns = 2 ** random.integer(MAX_OCTAVE + 1);
  const angles = Float64Array.from({ length: (rows + 1) * (columns + 1) }, () =>
    random.uniform(0, 2 * Math.PI),
  );
  const corner = (row: number, column: number, dy: number, dx: number) => {
    const angle = angles[row * (columns + 1) + column]!;
    return Math.cos(angle) * dx + Math.sin(angle) * dy;
  };
  const mask = new Uint8Array(height * width);
  for (let y = 0; y < height; y++) {
    const v = ((y + 0.5) / height) * rows;
    const row = Math.floor(v);
    for (let x = 0; x < width; x++) {
      const u = ((x + 0.5) / width) * columns;
      const column = Math.floor(u);
      const [dy, dx] = [v - row, u - column];
      const top = mix(corner(row, column, dy, dx), corner(row, column + 1, dy, dx - 1), fade(dx));
      const bottom = mix(
        corner(row + 1, column, dy - 1, dx),
        corner(row + 1, column + 1, dy - 1, dx - 1),
        fade(dx),
      );
      // Gradient noise of unit gradients stays within ±1/sqrt 2.
      mask[y * width + x] = mix(top, bottom, fade(dy)) * Math.SQRT2 > threshold ? 1 : 0;
    }
  }
  return mask;
}

function fade(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10);
}

function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}
