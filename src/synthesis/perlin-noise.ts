import type { Random } from "../random.ts";

/**
 * Gradient noise (Perlin 1985) over `rows` by `columns` cells, scaled to [-1, 1]: a function of the place, counted in cells,
 * 0 <= v < rows and 0 <= u < columns.
 */
export function perlinNoise(random: Random, rows: number, columns: number): (v: number, u: number) => number {
  const stride = columns + 1;
  const corners = (rows + 1) * stride;
  const gradientY = new Float64Array(corners);
  const gradientX = new Float64Array(corners);
  for (let i = 0; i < corners; i++) {
    const angle = random.uniform(0, 2 * Math.PI);
    gradientY[i] = Math.sin(angle);
    gradientX[i] = Math.cos(angle);
  }
  const slope = (corner: number, dy: number, dx: number) => gradientY[corner]! * dy + gradientX[corner]! * dx;
  return (v, u) => {
    const row = Math.floor(v);
    const column = Math.floor(u);
    const dy = v - row;
    const dx = u - column;
    const corner = row * stride + column;
    const across = fade(dx);
    const top = mix(slope(corner, dy, dx), slope(corner + 1, dy, dx - 1), across);
    const below = corner + stride;
    const bottom = mix(slope(below, dy - 1, dx), slope(below + 1, dy - 1, dx - 1), across);
    // Gradient noise of unit gradients stays within ±1/sqrt 2.
    return mix(top, bottom, fade(dy)) * Math.SQRT2;
  };
}

function fade(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10);
}

function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}
