import { plateau, smoothstep } from "./noise.ts";
import { BOLT, BOLT_CENTRES } from "./part.ts";
import { facing, floorLight } from "./shadow.ts";
import type { Slant, Surface } from "./surface.ts";

/** The counterbore and the chamfered hole of bolt `index`; leaves the surface as it is outside them. */
export function boltHole(
  surface: Surface,
  u: number,
  v: number,
  slant: Slant,
  index: number,
  missingBolt: number | undefined,
): void {
  const [centreU, centreV] = BOLT_CENTRES[index]!;
  const du = u - centreU;
  const dv = v - centreV;
  const radius = Math.sqrt(du * du + dv * dv) || 1e-6;
  if (radius > BOLT.counterbore + 1) return;
  const outX = du / radius;
  const outY = dv / radius;
  const drilled = index !== missingBolt;
  const wall = plateau(BOLT.counterbore - BOLT.wall, BOLT.counterbore, 0.6, radius);
  const rim = BOLT.radius + BOLT.chamfer;
  const chamfer = drilled ? 1 - smoothstep(rim - 0.7, rim + 0.7, radius) : 0;
  const tilt = -1.1 * wall - 0.7 * chamfer;
  surface.tiltX = tilt * outX;
  surface.tiltY = tilt * outY;
  surface.grainX = -outY;
  surface.grainY = outX;
  const inside = 1 - smoothstep(BOLT.counterbore - BOLT.wall, BOLT.counterbore, radius);
  surface.lit = 1 - inside * (1 - floorLight(du, dv, BOLT.counterbore - 0.5, BOLT.depth, slant));
  surface.open = 1 - 0.2 * inside - 0.25 * plateau(BOLT.counterbore - 4, BOLT.counterbore - 1, 1.5, radius);
  if (!drilled) return;
  surface.border = Math.min(surface.border, Math.abs(radius - BOLT.radius));
  if (radius < BOLT.radius) throughHole(surface, u, v, du, dv, radius, slant);
}

function throughHole(
  surface: Surface,
  u: number,
  v: number,
  du: number,
  dv: number,
  radius: number,
  slant: Slant,
): void {
  surface.kind = "opening";
  const shift = slant.perspective * 26;
  const farX = du + u * shift;
  const farY = dv + v * shift;
  const beyond = Math.sqrt(farX * farX + farY * farY) - BOLT.radius * (1 - shift);
  surface.border = Math.min(surface.border, Math.abs(beyond));
  const wall = smoothstep(-0.7, 0.7, beyond);
  surface.open = 0.1 + 0.35 * wall;
  surface.lit = (0.02 + 0.75 * wall) * facing(-du / radius, -dv / radius, slant);
}
