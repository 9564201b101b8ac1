import { plateau, smoothstep } from "./noise.ts";
import { BORE, BOSS } from "./part.ts";
import { bossShadow, facing, floorLight } from "./shadow.ts";
import type { Slant, Surface } from "./surface.ts";

/** The turned boss: its wall, the groove in its face, the bore's chamfer, and the stepped bore. */
export function boss(surface: Surface, u: number, v: number, radius: number, slant: Slant): void {
  const outX = u / radius;
  const outY = v / radius;
  surface.grainX = -outY;
  surface.grainY = outX;
  surface.border = Math.abs(radius - BORE.radius);
  if (radius < BORE.radius) {
    bore(surface, u, v, radius, slant);
    return;
  }
  const wall = plateau(BOSS.radius, BOSS.radius + BOSS.wall, 0.7, radius);
  const chamfer = 1 - smoothstep(BORE.radius + BORE.chamfer - 0.7, BORE.radius + BORE.chamfer + 0.7, radius);
  const inner = plateau(BOSS.grooveInner, BOSS.grooveInner + 1.2, 0.5, radius);
  const outer = plateau(BOSS.grooveOuter - 1.2, BOSS.grooveOuter, 0.5, radius);
  const floor = plateau(BOSS.grooveInner, BOSS.grooveOuter, 0.8, radius);
  const tilt = 0.75 * wall - 0.7 * chamfer + 0.7 * inner - 0.7 * outer;
  surface.tiltX = tilt * outX;
  surface.tiltY = tilt * outY;
  surface.open = 1 - 0.35 * floor;
  surface.lit = 1 - 0.25 * floor;
  const foot = smoothstep(BOSS.radius + 1, BOSS.radius + BOSS.wall + 1, radius);
  if (foot > 0) bossShadow(surface, u, v, radius, foot, slant);
}

function bore(surface: Surface, u: number, v: number, radius: number, slant: Slant): void {
  surface.border = Math.min(surface.border, Math.abs(radius - BORE.shoulder));
  const shade = floorLight(u, v, BORE.radius, BORE.depth, slant);
  surface.lit = 0.75 * shade;
  surface.open = 0.42;
  if (radius < BORE.shoulder) {
    surface.kind = "opening";
    const rim = smoothstep(BORE.shoulder - 7, BORE.shoulder, radius);
    surface.open = 0.12 + 0.35 * rim;
    surface.lit = (0.1 + 0.5 * rim) * facing(-u / radius, -v / radius, slant);
  } else {
    surface.open *= 0.55 + 0.45 * (1 - smoothstep(BORE.radius - 3, BORE.radius, radius));
  }
}
