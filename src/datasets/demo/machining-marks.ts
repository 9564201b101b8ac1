import { fractalNoise, valueNoise } from "./noise.ts";
import { BOLT, BOSS, fromBolt } from "./part.ts";
import type { Surface } from "./surface.ts";

export interface Marks {
  readonly seed: number;
  readonly strength: number;
}

/** Machining marks: fine relief across the grain, turned on the boss and milled in the counterbores, brushed elsewhere. */
export function machiningMarks(surface: Surface, u: number, v: number, radius: number, marks: Marks): void {
  const { seed, strength } = marks;
  const boltRadius = fromBolt(u, v);
  let relief: number;
  if (radius < BOSS.radius + BOSS.wall + 1) relief = turned(seed, u, v, radius, 1);
  else if (boltRadius < BOLT.counterbore) relief = turned(seed + 7, u, v, boltRadius, 1.2);
  else relief = brushed(seed, u, v);
  surface.tiltX -= surface.grainY * 0.11 * strength * relief;
  surface.tiltY += surface.grainX * 0.11 * strength * relief;
  const cloud = 1 + 0.07 * fractalNoise(seed + 31, u / 28, v / 28, 3) + 0.05 * strength * relief;
  surface.red *= cloud;
  surface.green *= cloud;
  surface.blue *= cloud;
}

function turned(seed: number, u: number, v: number, radius: number, fineness: number): number {
  const along = (u + v) * 0.03;
  const fine = valueNoise(seed + 1, radius * 0.95 * fineness, along);
  const coarse = valueNoise(seed + 2, radius * 0.4 * fineness, along * 0.4);
  return 0.65 * fine + 0.5 * coarse;
}

function brushed(seed: number, u: number, v: number): number {
  const fine = valueNoise(seed + 3, u / 34, v * 0.93);
  const short = valueNoise(seed + 4, u / 11, v * 0.8 + 0.01 * u);
  const coarse = valueNoise(seed + 5, u / 70, v * 0.33);
  return 0.55 * fine + 0.3 * short + 0.4 * coarse;
}
