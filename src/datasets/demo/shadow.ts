import { smoothstep } from "./noise.ts";
import { BOSS } from "./part.ts";
import type { Slant, Surface } from "./surface.ts";

/** The boss's shadow on the plate, and the dim corner at its foot; `share` fades both in up the wall. */
export function bossShadow(
  surface: Surface,
  u: number,
  v: number,
  radius: number,
  share: number,
  slant: Slant,
): void {
  const distance = Math.max(0, radius - BOSS.radius - BOSS.wall);
  const towardX = u + slant.lightX * BOSS.height;
  const towardY = v + slant.lightY * BOSS.height;
  const clear = Math.sqrt(towardX * towardX + towardY * towardY) - BOSS.radius;
  surface.open *= 1 - 0.35 * share * Math.exp(-distance / 4);
  surface.lit *= 1 - share * (1 - smoothstep(-2.5, 2.5, clear));
}

/** Share of the lamp's light on a round floor of radius `rim` that lies `depth` below its edge. */
export function floorLight(u: number, v: number, rim: number, depth: number, slant: Slant): number {
  const x = u + slant.lightX * depth;
  const y = v + slant.lightY * depth;
  return 1 - smoothstep(-1.5, 1.5, Math.sqrt(x * x + y * y) - rim);
}

/** How squarely a wall with the horizontal normal (x, y) faces the lamp, in [0, 1]. */
export function facing(x: number, y: number, slant: Slant): number {
  const length = Math.sqrt(slant.lightX * slant.lightX + slant.lightY * slant.lightY) || 1;
  return Math.max(0, (x * slant.lightX + y * slant.lightY) / length);
}
