import { fractalNoise, smoothstep, valueNoise } from "./noise.ts";
import { plateDistance } from "./part.ts";
import type { Bench, Light } from "./scene.ts";
import type { Slant } from "./surface.ts";

const PLATE_THICKNESS = 16;

/**
 * Light from the dark rubber mat under the part, before tint; with another ground, the light that falls on it. (x, y)
 * is the point in the image, (u, v) the same point in the part's frame, where the part's shadow falls.
 */
export function benchRadiance(
  x: number,
  y: number,
  u: number,
  v: number,
  slant: Slant,
  light: Light,
  bench: Bench,
): number {
  const shadow = smoothstep(
    -5,
    5,
    plateDistance(u + slant.lightX * PLATE_THICKNESS, v + slant.lightY * PLATE_THICKNESS),
  );
  const contact = 1 - 0.55 * Math.exp(-Math.max(0, plateDistance(u, v)) / 5);
  const reflectance = bench.ground === undefined ? rubber(x, y, bench) : 1;
  return reflectance * (0.75 * light.strength * shadow + 0.35 * light.fill * contact);
}

function rubber(x: number, y: number, { seed, reflectance }: Bench): number {
  const grit = valueNoise(seed, x * 0.8, y * 0.8) + 0.6 * valueNoise(seed + 1, x * 0.35, y * 0.35);
  const cloud = fractalNoise(seed + 2, x / 50, y / 50, 3);
  return reflectance * (1 + 0.22 * grit + 0.25 * cloud);
}
